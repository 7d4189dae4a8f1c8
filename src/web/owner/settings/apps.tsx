import type { Router } from "express";
import { createToken, listTokens, revokeToken, type TokenView } from "../../../social/tokens/tokens.ts";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { day } from "../../html/time.tsx";
import type { Kit, Visit } from "../kit.ts";
import { Choice } from "./choices.tsx";
import { settingPage } from "./setting-page.tsx";

const LONGEST_NAME = 60;

/** Apps for Mastodon: each has a token of its own, shown once, taken back with one press. */
export function appRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/apps", (visit) => show(kit, visit, null));
  kit.post(router, "/settings/apps", async (visit) => {
    const { acting, fields, now } = visit;
    const name = fields.text("name").trim().slice(0, LONGEST_NAME) || "App";
    const scopes = fields.text("may") === "read" ? "read" : "read write follow";
    const secret = await acting.transact((tx) =>
      createToken(tx, { name, scopes, random: acting.random }, now),
    );
    await show(kit, visit, secret);
  });
  kit.post(router, "/settings/apps/:id/revoke", async (visit) => {
    await visit.acting.transact((tx) => revokeToken(tx, visit.part("id")));
    visit.go("/settings/apps", visit.t.settings.appGone);
  });
}

async function show(kit: Kit, visit: Visit, secret: string | null): Promise<void> {
  const { t } = visit;
  const tokens = await listTokens(visit.acting.read);
  const main = (
    <>
      <p class="muted">{t.settings.appsLead}</p>
      {secret === null ? null : (
        <Secret visit={visit} secret={secret} origin={`http://127.0.0.1:${kit.ports.port()}`} />
      )}
      <section class="card roomy" aria-label={t.settings.apps}>
        {tokens.length === 0 ? <p class="muted">{t.settings.appNone}</p> : null}
        <ul class="list">
          {tokens.map((one) => (
            <App visit={visit} app={one} />
          ))}
        </ul>
      </section>
      <NewApp visit={visit} />
    </>
  );
  await visit.show(settingPage(visit, t.settings.apps, main));
}

function Secret({ visit: { t }, secret, origin }: { visit: Visit; secret: string; origin: string }) {
  const s = t.settings;
  return (
    <section class="card roomy stack" aria-labelledby="made">
      <h2 id="made">{s.appMade}</h2>
      <p>{s.appToken}</p>
      <output class="phrase plain" id="secret" dir="ltr" aria-label={s.appTokenLabel}>
        {secret}
      </output>
      <div class="row">
        <button class="btn main-do" type="button" data-copy="secret" data-done={s.copied} hidden>
          <Icon name="copy" />
          <span>{s.copy}</span>
        </button>
      </div>
      <p class="hint">
        {s.appServer}: <code>{origin}</code>
      </p>
    </section>
  );
}

function App({ visit: { t, token }, app }: { visit: Visit; app: TokenView }) {
  const s = t.settings;
  const writes = app.scopes.some((scope) => scope.startsWith("write") || scope === "follow");
  return (
    <li class="row ends">
      <div class="grow">
        <b dir="auto">{app.name}</b>
        <p class="small muted">
          {writes ? s.appScope.write : s.appScope.read}, {s.appSince(day(t, app.createdAt))}
        </p>
      </div>
      <Form action={`/settings/apps/${app.id}/revoke`} token={token}>
        <button class="btn" type="submit" aria-label={s.appRevoke(app.name)}>
          {s.appRevokeGo}
        </button>
      </Form>
    </li>
  );
}

function NewApp({ visit: { t, token } }: { visit: Visit }) {
  const s = t.settings;
  return (
    <Form action="/settings/apps" token={token} class="card roomy stack">
      <Field id="name" label={s.appName}>
        {(ids) => (
          <input
            id="name"
            name="name"
            maxlength={LONGEST_NAME}
            required
            autocomplete="off"
            dir="auto"
            aria-describedby={ids}
          />
        )}
      </Field>
      <fieldset>
        <legend>{s.appMay}</legend>
        <div class="stack tight">
          <Choice name="may" value="write" checked title={s.appWrite} hint={s.appWriteHint} />
          <Choice name="may" value="read" checked={false} title={s.appRead} hint={s.appReadHint} />
        </div>
      </fieldset>
      <div class="row end">
        <button class="btn main-do" type="submit">
          <Icon name="plus" />
          {s.appMake}
        </button>
      </div>
    </Form>
  );
}
