import { Router } from "express";
import { NodeError } from "../../lib/errors.ts";
import { failureOf } from "../errors.ts";
import { Field, FormToken, PassphraseField, ShowTyped } from "../html/form.tsx";
import { GatePage, OtherLanguage } from "../html/gate-page.tsx";
import { Icon } from "../html/icon.tsx";
import { Note } from "../html/note.tsx";
import { sentence } from "../messages/messages.ts";
import { readMultipart } from "../multipart.ts";
import { Fields } from "./fields.ts";
import { endWhenStill } from "./guard.ts";
import type { Doors, Kit, Stranger } from "./kit.ts";
import { sendOn, sendPage } from "./send-page.ts";

export const RESTORE = "/start/restore";
const MOST_TEXT = 4096;
const MOST_FIELDS = 8;

/** Instead of a set-up: everything comes back from a file. */
export function restoreRoutes(kit: Kit & Doors): Router {
  const router = Router();
  router.get(RESTORE, (req, res) => {
    if (kit.ports.phase() === "fresh") show(kit.stranger(req, res), {}, 200);
    else sendOn(res, "/");
  });
  router.post(RESTORE, async (req, res) => {
    const stranger = kit.stranger(req, res);
    if (kit.ports.phase() !== "fresh") {
      sendOn(res, "/");
      return;
    }
    try {
      const fields = await restored(kit, stranger);
      if (fields === null) return show(stranger, { file: stranger.t.backup.fileNone }, 422);
      const visit = await kit.letIn(req, res, fields);
      if (visit === null) kit.sendToGate(req, res, null);
      else visit.go("/connecting", stranger.t.backup.done);
    } catch (thrown) {
      refuse(kit, stranger, thrown);
    }
  });
  return router;
}

/** The file goes where it belongs as it arrives. null: none was picked. */
async function restored(kit: Kit & Doors, { req, res }: Stranger): Promise<Fields | null> {
  const reading = readMultipart(req, {
    mostText: MOST_TEXT,
    mostBytes: Number.MAX_SAFE_INTEGER,
    mostFields: MOST_FIELDS,
    onFile: async ({ bytes }, before) => {
      const fields = new Fields(before);
      if (!kit.fitsGate(fields)) throw new NodeError("form-expired", "not from our page");
      await kit.ports.restore(bytes, fields.text("passphrase"));
      return fields;
    },
  });
  endWhenStill(req, res);
  const { files } = await reading;
  return files[0] ?? null;
}

function refuse(kit: Kit & Doors, stranger: Stranger, thrown: unknown): void {
  const { error, status } = failureOf(thrown);
  if (error.code === "internal") kit.ports.log.error("a restore", thrown);
  const said = sentence(stranger.t, error);
  if (kit.ports.phase() !== "fresh") kit.sendToGate(stranger.req, stranger.res, null);
  else if (error.code === "wrong-passphrase") show(stranger, { passphrase: said }, status);
  else show(stranger, { form: said }, status);
}

type Wrong = { file?: string; passphrase?: string; form?: string };

function show({ res, t, lang, token }: Stranger, wrong: Wrong, status: number): void {
  const b = t.backup;
  const page = (
    <GatePage
      t={t}
      lang={lang}
      title={b.backTitle}
      pane={b.backPane}
      paneSmall={b.backPaneSmall}
      end={<OtherLanguage t={t} lang={lang} />}
    >
      <div>
        <h1>{b.backTitle}</h1>
        <p class="lead">{b.backLead}</p>
      </div>
      {wrong.form === undefined ? null : (
        <Note tone="stop" icon="warn">
          <p>{wrong.form}</p>
        </Note>
      )}
      {/* The file comes last: it is not read before the rest is known. */}
      <form
        class="stack loose"
        method="post"
        action={`${RESTORE}?lang=${lang}`}
        enctype="multipart/form-data"
        autocomplete="off"
      >
        <FormToken token={token} />
        <div class="stack tight">
          <PassphraseField
            id="passphrase"
            label={b.itsPassphrase}
            hint={b.itsPassphraseHint}
            wrong={wrong.passphrase}
            current
          />
          <ShowTyped t={t} />
        </div>
        <Field id="file" label={b.file} hint={b.fileHint} wrong={wrong.file}>
          {(describedBy) => (
            <input
              id="file"
              name="file"
              type="file"
              required
              aria-describedby={describedBy}
              aria-invalid={wrong.file === undefined ? undefined : "true"}
            />
          )}
        </Field>
        <Note tone="warn" icon="warn">
          <p>
            <b>{b.once}</b> {b.onceText}
          </p>
          <p>{b.thatDay}</p>
        </Note>
        <button class="btn main-do big full" type="submit" data-busy>
          <Icon name="again" />
          {b.backGo}
        </button>
      </form>
      <p>
        <a class="btn bare full" href={`/start?lang=${lang}`}>
          {b.fresh}
        </a>
      </p>
    </GatePage>
  );
  sendPage(res, page, status);
}
