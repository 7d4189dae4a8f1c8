import type { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import type { Work } from "../../../social/acting.ts";
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
import { AudiencePicker, type Picked, PROFILE } from "../../html/audience-picker.tsx";
import { type Around, namesAround } from "../../html/choice-fields.tsx";
import { choiceWords } from "../../html/choice-words.ts";
import { Wrong } from "../../html/compose.tsx";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated } from "../../html/isolated.tsx";
import type { Messages } from "../../messages/en.ts";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { choices, chosenIds } from "../pages/recipients.ts";
import { isAboutWho, keptSeen, seenOf, typedSeen } from "./seen-field.ts";
import { profileUp, settingPage } from "./setting-page.tsx";

const HOME = "/settings/profile";
const LINES = "/settings/profile/lines";

/** The lines of the profile: each on a page of its own to change it. */
export function lineRoutes(kit: Kit, router: Router): void {
  kit.get(router, LINES, async (visit) => {
    await showForm(visit, null, { ...emptyLine, picked: await keptSeen(visit.acting, forFriends) });
  });
  kit.post(router, LINES, add);
  kit.get(router, `${LINES}/:id`, async (visit) => {
    const field = await fieldOf(visit);
    const picked = await keptSeen(visit.acting, field.seen);
    await showForm(visit, field, { ...field, value: typedValue(field), picked, wrong: undefined });
  });
  kit.post(router, `${LINES}/:id`, change);
}

type Typed = {
  kind: string;
  label: string;
  value: string;
  picked: Picked;
  wrong: string | undefined;
};

const emptyLine = { kind: "text", label: "", value: "", wrong: undefined };

/** A day of every year is typed without its dashes. */
function typedValue({ kind, value }: ProfileField): string {
  return kind === "date" ? value.replace(/^--/, "") : value;
}

async function fieldOf({ acting, part }: Visit): Promise<ProfileField> {
  const field = (await ownFields(acting.read)).find(({ id }) => id === part("id"));
  if (field === undefined) throw new NodeError("not-found", "no such line");
  return field;
}

/** What the form sent, as it stands in it. Throws "bad-request". */
async function typedLine(visit: Visit): Promise<{ typed: Typed; looking: boolean }> {
  const { fields } = visit;
  const seen = await typedSeen(visit);
  if (seen === null) throw new NodeError("bad-request", "no choice in the form");
  const value = fields.text("value").replaceAll("\r\n", "\n");
  const line = { kind: fields.text("kind"), label: fields.text("label"), value };
  return { typed: { ...line, picked: seen.picked, wrong: undefined }, looking: seen.looking };
}

function draftOf({ kind, label, value, picked }: Typed): FieldDraft {
  if (!isFieldKind(kind)) throw new NodeError("bad-request", "no such kind");
  return { kind, label, value, seen: seenOf(picked) };
}

async function add(visit: Visit): Promise<void> {
  const { acting, now } = visit;
  await save(visit, null, visit.t.lines.added, (tx, draft) =>
    addField(tx, acting.me, draft, now, acting.random),
  );
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
  await save(visit, field, t.lines.saved, (tx, draft) => changeField(tx, acting.me, field.id, draft, now));
}

/** Saves the line that was typed, or shows it again: with what is not right, or with who sees it worked out. */
async function save(
  visit: Visit,
  field: ProfileField | null,
  done: string,
  action: (tx: Parameters<Work<unknown>>[0], draft: FieldDraft) => Promise<unknown>,
): Promise<void> {
  const { acting, fields, t } = visit;
  const { typed, looking } = await typedLine(visit);
  const wrongOfWho = (wrong: string | null) => ({ ...typed, picked: { ...typed.picked, wrong, open: true } });
  if (looking) {
    return showForm(visit, field, wrongOfWho(fields.text("do") === "save" ? t.choice.typed : null));
  }
  try {
    const draft = draftOf(typed);
    await acting.transact((tx) => action(tx, draft));
  } catch (thrown) {
    const error = asNodeError(thrown);
    if (error.code === "internal") throw thrown;
    const said = sentence(t, error);
    return showForm(visit, field, isAboutWho(error) ? wrongOfWho(said) : { ...typed, wrong: said });
  }
  visit.go(`${HOME}#lines`, done);
}

async function showForm(visit: Visit, field: ProfileField | null, typed: Typed): Promise<void> {
  const { t, token, acting } = visit;
  const l = t.lines;
  const { picked } = typed;
  const around = await choices(acting, chosenIds(picked.choice));
  const main = (
    <Form action={field === null ? LINES : `${LINES}/${field.id}`} token={token} class="card roomy stack">
      {/* Enter presses the first button there is. */}
      <button type="submit" name="do" value="save" hidden />
      <LineInputs t={t} typed={typed} />
      <AudiencePicker t={t} picked={picked} around={around} prefix={PROFILE} />
      <Wrong wrong={picked.wrong} />
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
  const status = typed.wrong === undefined && picked.wrong === null ? 200 : 422;
  await visit.show(settingPage(visit, heading, main, status, profileUp(t)));
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

type ListProps = { visit: Visit; fields: ProfileField[]; around: Around };

/** All lines, as they stand on the settings page of the profile. */
export function LineList({ visit: { t, token }, fields, around }: ListProps) {
  const l = t.lines;
  const nameOf = namesAround(t, around);
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
                <Isolated words={choiceWords(t, field.seen, nameOf, null)} />
              </span>
            </p>
            <Form action={`${LINES}/${field.id}`} token={token} class="row">
              <a class="btn" href={`${LINES}/${field.id}`}>
                <Icon name="pen" />
                {t.compose.change}
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
