import type { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import type { Choice } from "../../../social/audiences/choice.ts";
import { addField, type FieldDraft } from "../../../social/profile/add-field.ts";
import { changeField } from "../../../social/profile/change-field.ts";
import {
  FIELD_KINDS,
  forFriends,
  isFieldKind,
  LONGEST_LABEL,
  type ProfileField,
} from "../../../social/profile/fields.ts";
import { moveField } from "../../../social/profile/move-field.ts";
import { ownFields } from "../../../social/profile/own-fields.ts";
import { removeField } from "../../../social/profile/remove-field.ts";
import { ChoiceField, ChoiceWords, type Picks, readChoiceField } from "../../html/choice-field.tsx";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import type { Messages } from "../../messages/en.ts";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { picksOf } from "../picks.ts";
import { settingPage } from "./setting-page.tsx";

const HOME = "/settings/profile";
const LINES = "/settings/profile/lines";

/** The lines of the profile: each on a page of its own to change it. */
export function lineRoutes(kit: Kit, router: Router): void {
  kit.get(router, LINES, (visit) => showForm(visit, null, emptyLine));
  kit.post(router, LINES, add);
  kit.get(router, `${LINES}/:id`, async (visit) => {
    const field = await fieldOf(visit);
    await showForm(visit, field, { ...field, value: typedValue(field), wrong: undefined });
  });
  kit.post(router, `${LINES}/:id`, change);
}

type Typed = Omit<FieldDraft, "kind"> & { kind: string; wrong: string | undefined };

const emptyLine: Typed = { kind: "text", label: "", value: "", seen: forFriends, wrong: undefined };

/** A day of every year is typed without its dashes. */
function typedValue({ kind, value }: ProfileField): string {
  return kind === "date" ? value.replace(/^--/, "") : value;
}

async function fieldOf({ acting, part }: Visit): Promise<ProfileField> {
  const field = (await ownFields(acting.read)).find(({ id }) => id === part("id"));
  if (field === undefined) throw new NodeError("not-found", "no such line");
  return field;
}

function draftIn({ fields }: Visit): FieldDraft {
  const kind = fields.text("kind");
  if (!isFieldKind(kind)) throw new NodeError("bad-request", "no such kind");
  const value = fields.text("value").replaceAll("\r\n", "\n");
  return { kind, label: fields.text("label"), value, seen: readChoiceField(fields, "seen-") };
}

async function add(visit: Visit): Promise<void> {
  const { acting, now, t } = visit;
  try {
    const draft = draftIn(visit);
    await acting.transact((tx) => addField(tx, acting.me, draft, now, acting.random));
  } catch (thrown) {
    return showWrong(visit, null, thrown);
  }
  visit.go(`${HOME}#lines`, t.lines.added);
}

async function change(visit: Visit): Promise<void> {
  const { acting, now, t, fields, part } = visit;
  const act = fields.text("do");
  if (act === "remove") {
    await acting.transact((tx) => removeField(tx, acting.me, part("id"), now));
    return visit.go(`${HOME}#lines`, t.lines.removed);
  }
  if (act === "up" || act === "down") {
    await acting.transact((tx) => moveField(tx, acting.me, part("id"), act, now));
    return visit.go(`${HOME}#lines`);
  }
  const field = await fieldOf(visit);
  try {
    const draft = draftIn(visit);
    await acting.transact((tx) => changeField(tx, acting.me, field.id, draft, now));
  } catch (thrown) {
    return showWrong(visit, field, thrown);
  }
  visit.go(`${HOME}#lines`, t.lines.saved);
}

async function showWrong(visit: Visit, field: ProfileField | null, thrown: unknown): Promise<void> {
  const error = asNodeError(thrown);
  if (error.code === "internal") throw thrown;
  const { fields, t } = visit;
  const typed = { kind: fields.text("kind"), label: fields.text("label"), value: fields.text("value") };
  await showForm(visit, field, { ...typed, seen: seenIn(visit, field), wrong: sentence(t, error) });
}

function seenIn({ fields }: Visit, field: ProfileField | null): Choice {
  try {
    return readChoiceField(fields, "seen-");
  } catch {
    return field?.seen ?? forFriends;
  }
}

async function showForm(visit: Visit, field: ProfileField | null, typed: Typed): Promise<void> {
  const { t, token, acting } = visit;
  const l = t.lines;
  const picks = await picksOf(acting);
  const main = (
    <Form action={field === null ? LINES : `${LINES}/${field.id}`} token={token} class="card roomy stack">
      <LineInputs t={t} typed={typed} />
      <ChoiceField t={t} prefix="seen-" choice={typed.seen} picks={picks} />
      <div class="row end">
        {field === null ? null : (
          <button class="btn bare" type="submit" name="do" value="remove" formnovalidate>
            {l.remove}
          </button>
        )}
        <button class="btn main-do" type="submit" name="do" value="save">
          {field === null ? l.addGo : l.save}
        </button>
      </div>
    </Form>
  );
  const heading = field === null ? l.add : l.edit(field.label);
  await visit.show(settingPage(visit, heading, main, typed.wrong === undefined ? 200 : 422));
}

function LineInputs({ t, typed }: { t: Messages; typed: Typed }) {
  const l = t.lines;
  return (
    <>
      <Field id="label" label={l.label} hint={l.labelHint} wrong={typed.wrong}>
        {(ids) => (
          <input
            {...{ id: "label", name: "label", maxlength: LONGEST_LABEL, required: true, dir: "auto" }}
            {...{ autocomplete: "off", value: typed.label, "aria-describedby": ids }}
          />
        )}
      </Field>
      <Field id="kind" label={l.kind}>
        {() => (
          <select id="kind" name="kind">
            {FIELD_KINDS.map((kind) => (
              <option value={kind} selected={kind === typed.kind}>
                {l.kinds[kind]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field id="value" label={l.value} hint={l.valueHint}>
        {(ids) => (
          <textarea id="value" name="value" rows={3} dir="auto" autocomplete="off" aria-describedby={ids}>
            {typed.value}
          </textarea>
        )}
      </Field>
    </>
  );
}

type ListProps = { visit: Visit; fields: ProfileField[]; picks: Picks };

/** All lines, as they stand on the settings page of the profile. */
export function LineList({ visit: { t, token }, fields, picks }: ListProps) {
  const l = t.lines;
  return (
    <section class="card roomy stack" id="lines" aria-labelledby="lines-h">
      <h2 id="lines-h">{l.heading}</h2>
      <p class="small muted">{l.lead}</p>
      {fields.length === 0 ? <p>{l.none}</p> : null}
      <ul class="list">
        {fields.map((field, at) => (
          <li class="stack tight">
            <p>
              <b dir="auto">{field.label}</b>
              <br />
              <span dir="auto">{typedValue(field).replaceAll("\n", ", ")}</span>
              <br />
              <span class="small muted">
                <ChoiceWords t={t} choice={field.seen} picks={picks} />
              </span>
            </p>
            <Form action={`${LINES}/${field.id}`} token={token} class="row">
              <a class="btn" href={`${LINES}/${field.id}`}>
                <Icon name="pen" />
                {t.who.change}
                <span class="vh"> {field.label}</span>
              </a>
              <MoveButton way="up" words={l.up} label={field.label} off={at === 0} />
              <MoveButton way="down" words={l.down} label={field.label} off={at === fields.length - 1} />
            </Form>
          </li>
        ))}
      </ul>
      <p>
        <a class="btn" href={LINES}>
          {l.add}
        </a>
      </p>
    </section>
  );
}

type MoveProps = { way: "up" | "down"; words: string; label: string; off: boolean };

function MoveButton({ way, words, label, off }: MoveProps) {
  if (off) return null;
  return (
    <button class="btn bare" type="submit" name="do" value={way}>
      {words}
      <span class="vh"> {label}</span>
    </button>
  );
}
