import type { Router } from "express";
import { RECEIPTS_SETTING } from "../../../social/messages/mark-read.ts";
import { KEEP_SETTING, vanishDue } from "../../../social/messages/vanish.ts";
import { changeSetting, settings } from "../../../social/settings/settings.ts";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import type { OwnerActing } from "../../ports.ts";
import type { Kit, Visit } from "../kit.ts";
import { Choice } from "./choices.tsx";
import { quietOf, quietParts } from "./quiet.ts";
import { settingPage } from "./setting-page.tsx";

const HIDE_SETTING = "messages.hide";
const QUIET_SETTING = "messages.quiet";
/** Seconds; 0: as long as they are wanted. */
const KEEP_TIMES = ["0", "2419200", "7776000", "31536000"];

type MessageSettings = { receipts: boolean; keep: string; hide: boolean; quiet: string };

export async function messageSettings({ read }: Pick<OwnerActing, "read">): Promise<MessageSettings> {
  const set = await settings(read, [RECEIPTS_SETTING, KEEP_SETTING, HIDE_SETTING, QUIET_SETTING]);
  return {
    receipts: set.get(RECEIPTS_SETTING) !== "no",
    keep: set.get(KEEP_SETTING) ?? "0",
    hide: set.get(HIDE_SETTING) !== "no",
    quiet: set.get(QUIET_SETTING) ?? "",
  };
}

/** What holds for all messages of the owner's. */
export function messageSettingRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/messages", async (visit) => show(visit, await messageSettings(visit.acting)));
  kit.post(router, "/settings/messages", save);
}

async function save(visit: Visit): Promise<void> {
  const { acting, fields, now, t } = visit;
  const [from, to] = [fields.text("from"), fields.text("to")];
  const quiet = quietOf(from, to);
  const typed = {
    receipts: fields.text("receipts") !== "no",
    keep: KEEP_TIMES.find((one) => one === fields.text("keep")) ?? "0",
    hide: fields.text("hide") !== "no",
  };
  if (quiet === null) return show(visit, { ...typed, quiet: `${from}-${to}` }, t.notify.quietWrong);
  const values = {
    [RECEIPTS_SETTING]: typed.receipts ? "yes" : "no",
    [KEEP_SETTING]: typed.keep,
    [HIDE_SETTING]: typed.hide ? "yes" : "no",
    [QUIET_SETTING]: quiet,
  };
  await acting.transact(async (tx) => {
    for (const [key, value] of Object.entries(values)) await changeSetting(tx, key, value);
  });
  await vanishDue(acting, now);
  visit.go("/settings/messages", t.saved);
}

async function show(visit: Visit, set: MessageSettings, wrong?: string): Promise<void> {
  const { t, token } = visit;
  const m = t.notify;
  const k = t.talk;
  const keeps: Record<string, string> = k.keeps;
  const main = (
    <>
      <Form action="/settings/messages" token={token} class="stack">
        <fieldset class="card roomy">
          <legend class="vh">{m.receipts}</legend>
          <h2>{m.receipts}</h2>
          <Choice
            name="receipts"
            value="yes"
            checked={set.receipts}
            title={k.receipts}
            hint={k.receiptsHint}
          />
          <Choice name="receipts" value="no" checked={!set.receipts} title={k.receiptsNo} hint="" />
        </fieldset>
        <fieldset class="card roomy">
          <legend class="vh">{k.keepHeading}</legend>
          <h2>{k.keepHeading}</h2>
          <div class="pick">
            {KEEP_TIMES.map((one) => (
              <label>
                <input type="radio" name="keep" value={one} checked={one === set.keep} />
                {keeps[one]}
              </label>
            ))}
          </div>
          <p class="hint">{k.keepHint}</p>
        </fieldset>
        <fieldset class="card roomy">
          <legend class="vh">{m.hide}</legend>
          <h2>{m.hide}</h2>
          <Choice name="hide" value="yes" checked={set.hide} title={m.hideYes} hint={m.hideYesHint} />
          <Choice name="hide" value="no" checked={!set.hide} title={m.hideNo} hint={m.hideNoHint} />
        </fieldset>
        <QuietFields t={t} quiet={set.quiet} wrong={wrong} />
        <div class="row end">
          <button class="btn main-do" type="submit">
            {t.save}
          </button>
        </div>
      </Form>
      <NotifyHere t={t} />
    </>
  );
  await visit.show(settingPage(visit, t.talk.settings, main, wrong === undefined ? 200 : 422));
}

type QuietProps = Pick<Visit, "t"> & { quiet: string; wrong: string | undefined };

function QuietFields({ t, quiet, wrong }: QuietProps) {
  const m = t.notify;
  const { from, to } = quietParts(quiet);
  return (
    <fieldset class="card roomy stack tight">
      <legend class="vh">{m.quiet}</legend>
      <h2>{m.quiet}</h2>
      <div class="pair">
        <Field id="from" label={m.quietFrom} wrong={wrong}>
          {(describedBy) => (
            <input id="from" name="from" type="time" value={from} aria-describedby={describedBy} />
          )}
        </Field>
        <Field id="to" label={m.quietTo}>
          {() => <input id="to" name="to" type="time" value={to} />}
        </Field>
      </div>
      <p class="hint">{m.quietHint}</p>
    </fieldset>
  );
}

/** A browser is asked by a button only; the script knows whether it is allowed. */
function NotifyHere({ t }: Pick<Visit, "t">) {
  const m = t.notify;
  return (
    <section
      class="card roomy stack tight"
      aria-labelledby="notify-h"
      data-notify
      data-on={m.notifyIsOn}
      data-off={m.notifyIsOff}
      data-refused={m.notifyRefused}
    >
      <h2 id="notify-h">{m.notify}</h2>
      <p class="muted">{m.notifyLead}</p>
      <noscript>
        <p>{m.notifyNoScript}</p>
      </noscript>
      <p data-state-words aria-live="polite" />
      <div class="row">
        <button class="btn" type="button" data-switch="yes" hidden>
          <Icon name="bell" />
          {m.notifyOn}
        </button>
        <button class="btn" type="button" data-switch="no" hidden>
          {m.notifyOff}
        </button>
      </div>
    </section>
  );
}
