import type { Router } from "express";
import { catchingUp } from "../../../social/deliveries/queries.ts";
import { changeSetting, HELLO_SETTING, setting } from "../../../social/settings/settings.ts";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import type { Kit, Visit } from "../kit.ts";
import { Choice } from "./choices.tsx";
import { settingPage } from "./setting-page.tsx";

/** Whether others are told that the device is back, and looking for what was missed. */
export function awayRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/away", show);
  kit.post(router, "/settings/away", async (visit) => {
    const says = visit.fields.text("hello") === "yes" ? "yes" : "no";
    await visit.acting.transact((tx) => changeSetting(tx, HELLO_SETTING, says));
    visit.go("/settings/away", visit.t.saved);
  });
  kit.post(router, "/settings/away/missed", async (visit) => {
    visit.go("/settings/away", visit.t.away.looking(await visit.acting.catchUp()));
  });
}

async function show(visit: Visit): Promise<void> {
  const { acting, t, token } = visit;
  const a = t.away;
  const says = await setting(acting.read, HELLO_SETTING, "yes");
  const left = await catchingUp(acting.read);
  const main = (
    <>
      <Form action="/settings/away" token={token} class="card roomy stack">
        <p class="muted">{a.lead}</p>
        <fieldset>
          <legend class="vh">{a.title}</legend>
          <Choice name="hello" value="yes" checked={says === "yes"} title={a.hello} hint={a.helloHint} />
          <Choice name="hello" value="no" checked={says !== "yes"} title={a.silent} hint={a.silentHint} />
        </fieldset>
        <div class="row end">
          <button class="btn main-do" type="submit">
            {t.save}
          </button>
        </div>
      </Form>
      <section class="card roomy stack" data-region="missed" data-when="posts">
        <h2>{a.missed}</h2>
        <p class="muted">{a.missedLead}</p>
        {left === 0 ? null : (
          <p class="row">
            <Icon name="clock" />
            <b>{a.left(left)}</b>
          </p>
        )}
        <Form action="/settings/away/missed" token={token}>
          <button class="btn" type="submit">
            <Icon name="again" />
            {a.look}
          </button>
        </Form>
      </section>
    </>
  );
  await visit.show(settingPage(visit, a.title, main));
}
