import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { gnupgKeys } from "../../../social/messages/keys/gnupg.ts";
import { lastBackup } from "../../../social/settings/backups.ts";
import { Form, PassphraseField, ShowTyped } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Note } from "../../html/note.tsx";
import { day } from "../../html/time.tsx";
import { LONGEST_STILL } from "../../media.ts";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { settingPage } from "./setting-page.tsx";

export const BACKUP = "/settings/backup";

/** Everything in one file. */
export function backupRoutes(kit: Kit, router: Router): void {
  kit.get(router, BACKUP, (visit) => show(visit));
  kit.post(router, BACKUP, (visit) => make(kit, visit));
}

async function make(kit: Kit, visit: Visit): Promise<void> {
  const { fields, res, t, now } = visit;
  const leaving = new AbortController();
  res.on("close", () => leaving.abort());
  const give = async ({ bytes, stream }: { bytes: number; stream: Readable }) => {
    res.setHeader("Content-Type", "application/x-tar");
    res.setHeader("Content-Disposition", `attachment; filename="${fileName(now)}"`);
    res.setHeader("Content-Length", String(bytes));
    res.setTimeout(LONGEST_STILL, () => res.destroy());
    await pipeline(stream, res);
  };
  try {
    await kit.ports.backup(fields.text("passphrase"), give, leaving.signal);
  } catch (thrown) {
    // Who left does not read it; otherwise the browser says that the file did not come whole.
    if (res.headersSent || res.closed)
      return kit.ports.log.warn("a backup", { why: asNodeError(thrown).code });
    if (!(thrown instanceof NodeError)) throw thrown;
    if (thrown.code !== "wrong-passphrase" && thrown.code !== "wait-before-retry") throw thrown;
    await show(visit, sentence(t, thrown));
  }
}

const fileName = (now: number) => `tssop-${new Date(now).toISOString().slice(0, 10)}.tssop-backup`;

async function show(visit: Visit, wrong?: string): Promise<void> {
  const { acting, t, token } = visit;
  const b = t.backup;
  const last = await lastBackup(acting.read);
  const hasGnupg = (await gnupgKeys(acting.read)) !== null;
  const main = (
    <>
      <Form action={BACKUP} token={token} class="card roomy stack">
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
        {hasGnupg ? <p>{b.gnupg}</p> : null}
      </Note>
      <section class="card roomy stack" aria-labelledby="use-h">
        <h2 id="use-h">{b.use}</h2>
        <p>{b.useText}</p>
        <p>{b.thatDay}</p>
      </section>
    </>
  );
  await visit.show(settingPage(visit, b.title, main, wrong === undefined ? 200 : 422));
}
