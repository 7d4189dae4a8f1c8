import type { Router } from "express";
import { RECEIPTS_SETTING } from "../../../social/messages/mark-read.ts";
import { KEEP_SETTING } from "../../../social/messages/vanish.ts";
import { changeSetting, setting } from "../../../social/settings/settings.ts";
import { Form } from "../../html/form.tsx";
import type { Kit, Visit } from "../kit.ts";
import { Choice } from "./choices.tsx";
import { settingPage } from "./setting-page.tsx";

const PATH = "/settings/messages";

/** Who is told what the owner has read, and how long messages stay here. */
export function messageSettingRoutes(kit: Kit, router: Router): void {
  kit.get(router, PATH, show);
  kit.post(router, PATH, async (visit) => {
    const { acting, fields, t } = visit;
    const keep = fields.text("keep");
    await acting.transact(async (tx) => {
      await changeSetting(tx, RECEIPTS_SETTING, fields.text("receipts") === "no" ? "no" : "yes");
      if (Object.hasOwn(t.talk.keeps, keep)) await changeSetting(tx, KEEP_SETTING, keep);
    });
    visit.go(PATH, t.saved);
  });
}

async function show(visit: Visit): Promise<void> {
  const { acting, t, token } = visit;
  const k = t.talk;
  const tells = (await setting(acting.read, RECEIPTS_SETTING, "yes")) !== "no";
  const kept = await setting(acting.read, KEEP_SETTING, "0");
  const main = (
    <Form action={PATH} token={token} class="card roomy stack">
      <fieldset>
        <legend class="vh">{k.receipts}</legend>
        <Choice name="receipts" value="yes" checked={tells} title={k.receipts} hint={k.receiptsHint} />
        <Choice name="receipts" value="no" checked={!tells} title={k.receiptsNo} hint="" />
      </fieldset>
      <fieldset aria-describedby="keep-h">
        <legend>
          <b>{k.keepHeading}</b>
        </legend>
        <p class="small muted" id="keep-h">
          {k.keepHint}
        </p>
        {Object.entries(k.keeps).map(([seconds, words]) => (
          <Choice name="keep" value={seconds} checked={seconds === kept} title={words} hint="" />
        ))}
      </fieldset>
      <div class="row end">
        <button class="btn main-do" type="submit">
          {t.save}
        </button>
      </div>
    </Form>
  );
  await visit.show(settingPage(visit, k.settings, main));
}
