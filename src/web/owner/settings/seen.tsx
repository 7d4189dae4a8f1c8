import type { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import type { Choice } from "../../../social/audiences/choice.ts";
import { changeSeen } from "../../../social/profile/change-seen.ts";
import { isPart, PARTS, type Part, seenParts } from "../../../social/profile/parts.ts";
import { AudiencePicker, type Picked, PROFILE } from "../../html/audience-picker.tsx";
import { type Around, namesAround } from "../../html/choice-fields.tsx";
import { choiceWords } from "../../html/choice-words.ts";
import { Wrong } from "../../html/compose.tsx";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated } from "../../html/isolated.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { choices, chosenIds } from "../pages/recipients.ts";
import { keptSeen, seenOf, typedSeen } from "./seen-field.ts";
import { profileUp, settingPage } from "./setting-page.tsx";

const SEEN = "/settings/profile/seen";

/** Who sees name, picture, banner, the words about the owner, and the list of friends. */
export function seenRoutes(kit: Kit, router: Router): void {
  kit.get(router, `${SEEN}/:part`, async (visit) => {
    const part = partOf(visit);
    const seen = await seenParts(visit.acting.read);
    await showForm(visit, part, { ...(await keptSeen(visit.acting, seen[part])), open: true });
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
  const typed = await typedSeen(visit);
  if (typed === null) throw new NodeError("bad-request", "no choice in the form");
  const again = (wrong: string | null) => showForm(visit, part, { ...typed.picked, wrong, open: true });
  if (typed.looking) return again(fields.text("do") === "save" ? t.choice.typed : null);
  try {
    await acting.transact((tx) => changeSeen(tx, acting.me, part, seenOf(typed.picked), now));
  } catch (thrown) {
    const error = asNodeError(thrown);
    if (error.code === "internal") throw thrown;
    return again(sentence(t, error));
  }
  visit.go("/settings/profile#seen", t.lines.seenSaved);
}

async function showForm(visit: Visit, part: Part, picked: Picked): Promise<void> {
  const { t, token, acting } = visit;
  const heading = t.lines.seenBy[part];
  const around = await choices(acting, chosenIds(picked.choice));
  const main = (
    <Form action={`${SEEN}/${part}`} token={token} class="card roomy stack">
      {part === "friends" ? <p class="hint">{t.lines.friendsHint}</p> : null}
      <AudiencePicker t={t} picked={picked} around={around} prefix={PROFILE} legend={heading} />
      <Wrong wrong={picked.wrong} />
      <div class="row end">
        <button class="btn main-do" type="submit" name="do" value="save">
          {t.save}
        </button>
      </div>
    </Form>
  );
  const status = picked.wrong === null ? 200 : 422;
  await visit.show(settingPage(visit, heading, main, status, profileUp(t)));
}

type ListProps = { visit: Visit; seen: Record<Part, Choice>; around: Around };

export function SeenList({ visit: { t }, seen, around }: ListProps) {
  const l = t.lines;
  const nameOf = namesAround(t, around);
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
                <Isolated words={choiceWords(t, seen[part], nameOf, null)} />
                {part === "friends" ? (
                  <>
                    <br />
                    {l.friendsHint}
                  </>
                ) : null}
              </span>
            </span>
            <a class="btn" href={`${SEEN}/${part}`}>
              <Icon name="eye" />
              {t.compose.change}
              <span class="vh"> {l.seenBy[part]}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
