import type { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { Form, PassphraseField, ShowTyped, Strength } from "../../html/form.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { Phrase } from "../start.tsx";
import { settingPage } from "./setting-page.tsx";

const WEAKEST = 2;

type Wrong = { before?: string; after?: string; again?: string };

export function passphraseRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/passphrase", (visit) => show(kit, visit, {}));
  kit.post(router, "/settings/passphrase", (visit) => change(kit, visit));
}

async function change(kit: Kit, visit: Visit): Promise<void> {
  const { fields, t } = visit;
  const after = fields.text("after");
  if (kit.ports.strength(after).score < WEAKEST) {
    await show(kit, visit, { after: t.start.weak });
    return;
  }
  if (after !== fields.text("again")) {
    await show(kit, visit, { again: t.start.differs });
    return;
  }
  try {
    await kit.ports.changePassphrase(fields.text("before"), after);
  } catch (thrown) {
    if (!(thrown instanceof NodeError)) throw thrown;
    if (thrown.code !== "wrong-passphrase" && thrown.code !== "wait-before-retry") throw thrown;
    await show(kit, visit, { before: sentence(t, thrown) });
    return;
  }
  visit.go("/settings", t.settings.changed);
}

async function show(kit: Kit, visit: Visit, wrong: Wrong): Promise<void> {
  const { t, token, fields } = visit;
  const s = t.settings;
  const refused = wrong.after === undefined ? null : kit.ports.strength(fields.text("after")).score;
  const main = (
    <Form action="/settings/passphrase" token={token} class="card roomy stack loose">
      <PassphraseField id="before" label={s.before} wrong={wrong.before} current />
      <div class="field">
        <span class="label">{s.proposal}</span>
        <p class="hint">{s.afterHint}</p>
        <Phrase text={kit.ports.proposePassphrase()} />
      </div>
      <div class="stack tight">
        <PassphraseField
          id="after"
          label={s.after}
          hint={t.start.againHint}
          wrong={wrong.after}
          meter="after-m"
        />
        <Strength t={t} id="after-m" score={refused} />
      </div>
      <PassphraseField id="again" label={s.afterAgain} wrong={wrong.again} />
      <ShowTyped t={t} />
      <div class="row end">
        <button class="btn main-do" type="submit" data-busy>
          {s.changeGo}
        </button>
      </div>
    </Form>
  );
  await visit.show(settingPage(visit, s.passphrase, main, Object.keys(wrong).length === 0 ? 200 : 422));
}
