import type { Router } from "express";
import { trimCopies } from "../../../social/media/kept-copies.ts";
import { CACHE_NORMAL, CACHE_SETTING, CACHE_SIZES } from "../../../social/media/limits.ts";
import { changeProfile } from "../../../social/profile/change-profile.ts";
import { profile } from "../../../social/profile/profile.ts";
import { changeSetting, setting } from "../../../social/settings/settings.ts";
import { kindsKept } from "../../../social/storage/queries.ts";
import { Form } from "../../html/form.tsx";
import { size } from "../../html/time.tsx";
import { isLanguage, messages } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { changePreferences, IDLE_CHOICES, readPreferences } from "../preferences.ts";
import { settingPage } from "./setting-page.tsx";

/** The small settings: one question with a few answers each. */
export function choiceRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/requests", showRequests);
  kit.post(router, "/settings/requests", async (visit) => {
    const { acting, fields, now } = visit;
    const change = { requestsAuto: fields.text("requests") === "auto" };
    await acting.transact((tx) => changeProfile(tx, acting.me, change, now));
    visit.go("/settings", visit.t.saved);
  });
  kit.get(router, "/settings/language", showLanguage);
  kit.post(router, "/settings/language", async (visit) => {
    const language = visit.fields.text("language");
    if (!isLanguage(language)) return visit.go("/settings/language");
    await changePreferences(visit.acting, { language });
    visit.go("/settings", messages(language).saved);
  });
  kit.get(router, "/settings/locking", showLocking);
  kit.post(router, "/settings/locking", async (visit) => {
    const idleMinutes = IDLE_CHOICES.find((one) => String(one) === visit.fields.text("minutes"));
    if (idleMinutes === undefined) return visit.go("/settings/locking");
    await changePreferences(visit.acting, { idleMinutes });
    visit.go("/settings", visit.t.saved);
  });
  kit.get(router, "/settings/storage", showStorage);
  kit.post(router, "/settings/storage", async (visit) => {
    const size = CACHE_SIZES.find((one) => String(one) === visit.fields.text("cache"));
    if (size === undefined) return visit.go("/settings/storage");
    await visit.acting.transact(async (tx) => {
      await changeSetting(tx, CACHE_SETTING, String(size));
      await trimCopies(tx);
    });
    visit.go("/settings/storage", visit.t.saved);
  });
}

async function showRequests(visit: Visit): Promise<void> {
  const { acting, t, token } = visit;
  const s = t.settings;
  const { requestsAuto } = await profile(acting.read, acting.me);
  const main = (
    <Form action="/settings/requests" token={token} class="card roomy stack">
      <fieldset>
        <legend class="vh">{s.requests}</legend>
        <Choice
          name="requests"
          value="ask"
          checked={!requestsAuto}
          title={s.requestsAsk}
          hint={s.requestsAskHint}
        />
        <Choice
          name="requests"
          value="auto"
          checked={requestsAuto}
          title={s.requestsAuto}
          hint={s.requestsAutoHint}
        />
      </fieldset>
      <SaveRow save={t.save} />
    </Form>
  );
  await visit.show(settingPage(visit, s.requests, main));
}

async function showLanguage(visit: Visit): Promise<void> {
  const { t, token, lang } = visit;
  const s = t.settings;
  const main = (
    <Form action="/settings/language" token={token} class="card roomy stack">
      <fieldset>
        <legend>{s.languageLabel}</legend>
        <div class="pick">
          <label lang="en">
            <input type="radio" name="language" value="en" checked={lang === "en"} />
            English
          </label>
          <label lang="de">
            <input type="radio" name="language" value="de" checked={lang === "de"} />
            Deutsch
          </label>
        </div>
      </fieldset>
      <p class="hint">{s.languageHint}</p>
      <SaveRow save={t.save} />
    </Form>
  );
  await visit.show(settingPage(visit, s.language, main));
}

async function showLocking(visit: Visit): Promise<void> {
  const { acting, t, token } = visit;
  const s = t.settings;
  const { idleMinutes } = await readPreferences(acting);
  const words = (minutes: number) =>
    minutes === 0 ? s.never : minutes >= 60 ? s.hours(minutes / 60) : s.minutes(minutes);
  const main = (
    <Form action="/settings/locking" token={token} class="card roomy stack">
      <fieldset>
        <legend>{s.idleLabel}</legend>
        <div class="pick">
          {IDLE_CHOICES.map((minutes) => (
            <label>
              <input type="radio" name="minutes" value={minutes} checked={minutes === idleMinutes} />
              {words(minutes)}
            </label>
          ))}
        </div>
      </fieldset>
      <p class="hint">{s.idleHint}</p>
      <SaveRow save={t.save} />
    </Form>
  );
  await visit.show(settingPage(visit, s.idle, main));
}

async function showStorage(visit: Visit): Promise<void> {
  const { acting, t, token } = visit;
  const s = t.settings;
  const cache = await setting(acting.read, CACHE_SETTING, String(CACHE_NORMAL));
  const storage = await acting.storage();
  const { purposes } = t.health;
  const kinds = await kindsKept(acting.read, acting.me.ownerId);
  const number = new Intl.NumberFormat(t.locale);
  const main = (
    <section class="card roomy stack">
      <dl class="facts">
        <dt>{s.storageDatabase}</dt>
        <dd>{size(t, storage.database)}</dd>
        <dt>{t.health.ownPosts}</dt>
        <dd>{number.format(kinds.ownPosts)}</dd>
        <dt>{t.health.othersPosts}</dt>
        <dd>{number.format(kinds.othersPosts)}</dd>
        <dt>{t.health.people}</dt>
        <dd>{number.format(kinds.people)}</dd>
        <dt>{s.storageMedia}</dt>
        <dd>{size(t, storage.media)}</dd>
        {kinds.files.map(({ purpose, count, bytes }) => (
          <>
            <dt>{purpose in purposes ? purposes[purpose as keyof typeof purposes] : purpose}</dt>
            <dd>{t.health.files(count, size(t, bytes))}</dd>
          </>
        ))}
        <dt>{s.storageFolder}</dt>
        <dd class="mono" dir="ltr">
          {storage.folder}
        </dd>
      </dl>
      <p class="hint">{s.storageLead}</p>
      <Form action="/settings/storage" token={token} class="stack">
        <fieldset>
          <legend>{t.files.cache}</legend>
          <div class="pick">
            {CACHE_SIZES.map((one) => (
              <label>
                <input type="radio" name="cache" value={one} checked={String(one) === cache} />
                {t.files.cacheChoice(one)}
              </label>
            ))}
          </div>
        </fieldset>
        <p class="hint">{t.files.cacheHint}</p>
        <SaveRow save={t.save} />
      </Form>
    </section>
  );
  await visit.show(settingPage(visit, s.storage, main));
}

type ChoiceProps = { name: string; value: string; checked: boolean; title: string; hint: string };

export function Choice({ name, value, checked, title, hint }: ChoiceProps) {
  return (
    <label class="choice">
      <input type="radio" name={name} value={value} checked={checked} />
      <span>
        <b>{title}</b>
        <span class="small muted">{hint}</span>
      </span>
    </label>
  );
}

function SaveRow({ save }: { save: string }) {
  return (
    <div class="row end">
      <button class="btn main-do" type="submit">
        {save}
      </button>
    </div>
  );
}
