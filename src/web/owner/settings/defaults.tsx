import type { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { changeDefault, choiceKinds, defaultChoice } from "../../../social/audiences/default-choice.ts";
import { AudiencePicker, type Picked } from "../../html/audience-picker.tsx";
import { nothingSought } from "../../html/choice-fields.tsx";
import { Form } from "../../html/form.tsx";
import type { Kit, Visit } from "../kit.ts";
import { asMeant, readChoice } from "../pages/read-choice.ts";
import { choices, chosenIds, reckoned } from "../pages/recipients.ts";
import { withSought } from "../pages/sought.ts";
import { settingPage } from "./setting-page.tsx";

type Kind = (typeof choiceKinds)[number];
type All = Record<Kind, Picked>;

/** Who sees what the owner writes next, for each kind of it. */
export function defaultRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/seen", async (visit) => {
    const [note, article] = [await kept(visit, "note"), await kept(visit, "article")];
    await show(visit, { note, article }, 200);
  });
  kit.post(router, "/settings/seen", async (visit) => {
    const { acting, fields, t } = visit;
    const [note, article] = [await typed(visit, "note"), await typed(visit, "article")];
    const all = { note: note.picked, article: article.picked };
    if (fields.text("do") !== "save") return show(visit, all, 200);
    if (note.sought || article.sought) return show(visit, all, 422);
    await acting.transact(async (tx) => {
      for (const kind of choiceKinds) await changeDefault(tx, kind, asMeant(all[kind].choice));
    });
    visit.go("/settings", t.saved);
  });
}

const prefixOf = (kind: Kind) => `${kind}-`;

async function kept({ acting }: Visit, kind: Kind): Promise<Picked> {
  const choice = await defaultChoice(acting.read, kind);
  const counted = await reckoned(acting, choice, "");
  return { choice, add: nothingSought, no: nothingSought, ...counted, wrong: null, open: false };
}

async function typed({ acting, fields }: Visit, kind: Kind): Promise<{ picked: Picked; sought: boolean }> {
  const choice = readChoice(fields, prefixOf(kind));
  if (choice === null) throw new NodeError("bad-request", "no choice of ours");
  const bare = { choice, add: nothingSought, no: nothingSought };
  const { picked, sought } = await withSought(acting, fields, bare, prefixOf(kind));
  const counted = await reckoned(acting, picked.choice, "");
  const open = sought || fields.text("do").startsWith(prefixOf(kind));
  return { picked: { ...picked, ...counted, wrong: null, open }, sought };
}

async function show(visit: Visit, all: All, status: number): Promise<void> {
  const { acting, t, token } = visit;
  const a = t.audiences;
  const around = await choices(acting, chosenIds(all.note.choice, all.article.choice));
  const main = (
    <Form action="/settings/seen" token={token} class="card roomy stack">
      <p class="hint">{a.defaultsLead}</p>
      {choiceKinds.map((kind) => (
        <AudiencePicker
          {...{ t, around }}
          picked={all[kind]}
          prefix={prefixOf(kind)}
          legend={a.defaultOf[kind]}
        />
      ))}
      <div class="row end">
        <button class="btn main-do" type="submit" name="do" value="save">
          {t.save}
        </button>
      </div>
    </Form>
  );
  await visit.show(settingPage(visit, a.defaults, main, status));
}
