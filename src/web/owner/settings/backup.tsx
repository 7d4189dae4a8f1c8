import { pipeline } from "node:stream/promises";
import type { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { changeSetting, setting } from "../../../social/settings/settings.ts";
import { Form, PassphraseField, ShowTyped } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Note } from "../../html/note.tsx";
import { day } from "../../html/time.tsx";
import { sentence } from "../../messages/messages.ts";
import type { OwnerActing } from "../../ports.ts";
import type { Kit, Visit } from "../kit.ts";
import { settingPage } from "./setting-page.tsx";

const PAGE = "/settings/backup";
/** When the last one was saved, milliseconds since 1970. */
const MADE_AT = "backup.at";

/** Everything in one file. */
export function backupRoutes(kit: Kit, router: Router): void {
  kit.get(router, PAGE, (visit) => show(visit));
  kit.post(router, PAGE, (visit) => make(kit, visit));
}

/** null: never. */
export async function lastBackup({ read }: Pick<OwnerActing, "read">): Promise<number | null> {
  const at = await setting(read, MADE_AT, "");
  return at === "" ? null : Number(at);
}

async function make(kit: Kit, visit: Visit): Promise<void> {
  const { acting, fields, res, t, now } = visit;
  try {
    await using backup = await kit.ports.backup(fields.text("passphrase"));
    res.setHeader("Content-Type", "application/x-tar");
    res.setHeader("Content-Disposition", `attachment; filename="${fileName(now)}"`);
    res.setHeader("Content-Length", String(backup.bytes));
    await pipeline(backup.open(), res);
    await acting.transact((tx) => changeSetting(tx, MADE_AT, String(now)));
  } catch (thrown) {
    // The browser says that the file did not come whole.
    if (res.headersSent) return kit.ports.log.error("a backup", thrown);
    if (!(thrown instanceof NodeError)) throw thrown;
    if (thrown.code !== "wrong-passphrase" && thrown.code !== "wait-before-retry") throw thrown;
    await show(visit, sentence(t, thrown));
  }
}

const fileName = (now: number) => `tssop-${new Date(now).toISOString().slice(0, 10)}.tssop-backup`;

async function show(visit: Visit, wrong?: string): Promise<void> {
  const { acting, t, token } = visit;
  const b = t.backup;
  const last = await lastBackup(acting);
  const main = (
    <>
      <Form action={PAGE} token={token} class="card roomy stack">
        <p>{b.lead}</p>
        <p>
          <b>{last === null ? b.never : b.last(day(t, last))}</b>
        </p>
        <p class="muted">{b.opens}</p>
        <p class="muted">{b.keep}</p>
        <PassphraseField id="passphrase" label={b.passphrase} wrong={wrong} current />
        <ShowTyped t={t} />
        <div class="row end">
          <span class="small muted grow">{b.goHint}</span>
          <button class="btn main-do" type="submit">
            <Icon name="down" />
            {b.go}
          </button>
        </div>
      </Form>
      <Note tone="warn" icon="warn">
        <p>
          <b>{b.stays}</b>
        </p>
        <p>{b.staysText}</p>
        <p>{b.not}</p>
      </Note>
      <section class="card roomy stack" aria-labelledby="use-h">
        <h2 id="use-h">{b.use}</h2>
        <p>{b.useText}</p>
      </section>
    </>
  );
  await visit.show(settingPage(visit, b.title, main, wrong === undefined ? 200 : 422));
}
