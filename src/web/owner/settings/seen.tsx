import type { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import type { Choice } from "../../../social/audiences/choice.ts";
import { changeSeen } from "../../../social/profile/change-seen.ts";
import { isPart, PARTS, type Part, seenParts } from "../../../social/profile/parts.ts";
import { ChoiceField, ChoiceWords, type Picks, readChoiceField } from "../../html/choice-field.tsx";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Note } from "../../html/note.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { picksOf } from "../picks.ts";
import { settingPage } from "./setting-page.tsx";

const SEEN = "/settings/profile/seen";

/** Who sees name, picture, banner, the words about the owner, and the list of friends. */
export function seenRoutes(kit: Kit, router: Router): void {
  kit.get(router, `${SEEN}/:part`, async (visit) => {
    const part = partOf(visit);
    await showForm(visit, part, (await seenParts(visit.acting.read))[part]);
  });
  kit.post(router, `${SEEN}/:part`, change);
}

function partOf({ part }: Visit): Part {
  const name = part("part");
  if (!isPart(name)) throw new NodeError("not-found", "no such part");
  return name;
}

async function change(visit: Visit): Promise<void> {
  const { acting, now, t, fields } = visit;
  const part = partOf(visit);
  try {
    const choice = readChoiceField(fields, "seen-");
    await acting.transact((tx) => changeSeen(tx, acting.me, part, choice, now));
  } catch (thrown) {
    const error = asNodeError(thrown);
    if (error.code === "internal") throw thrown;
    return showForm(visit, part, (await seenParts(acting.read))[part], sentence(t, error));
  }
  visit.go("/settings/profile#seen", t.lines.seenSaved);
}

async function showForm(visit: Visit, part: Part, choice: Choice, wrong?: string): Promise<void> {
  const { t, token, acting } = visit;
  const picks = await picksOf(acting);
  const main = (
    <Form action={`${SEEN}/${part}`} token={token} class="card roomy stack">
      {wrong === undefined ? null : (
        <Note tone="warn" icon="warn">
          <p>{wrong}</p>
        </Note>
      )}
      <ChoiceField t={t} prefix="seen-" choice={choice} picks={picks} />
      <div class="row end">
        <button class="btn main-do" type="submit">
          {t.save}
        </button>
      </div>
    </Form>
  );
  await visit.show(settingPage(visit, t.lines.parts[part], main, wrong === undefined ? 200 : 422));
}

type ListProps = { visit: Visit; seen: Record<Part, Choice>; picks: Picks };

export function SeenList({ visit: { t }, seen, picks }: ListProps) {
  const l = t.lines;
  return (
    <section class="card roomy stack" id="seen" aria-labelledby="seen-h">
      <h2 id="seen-h">{l.partsHeading}</h2>
      <p class="small muted">{l.partsLead}</p>
      <ul class="list">
        {PARTS.map((part) => (
          <li class="row">
            <span class="grow">
              <b>{l.parts[part]}</b>
              <br />
              <span class="small muted">
                <ChoiceWords t={t} choice={seen[part]} picks={picks} />
              </span>
            </span>
            <a class="btn" href={`${SEEN}/${part}`}>
              <Icon name="eye" />
              {t.who.change}
              <span class="vh"> {l.parts[part]}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
