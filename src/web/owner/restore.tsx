import { Router } from "express";
import { NodeError } from "../../lib/errors.ts";
import { failureOf } from "../errors.ts";
import { Field, FormToken } from "../html/form.tsx";
import { GatePage, OtherLanguage } from "../html/gate-page.tsx";
import { Icon } from "../html/icon.tsx";
import { Note } from "../html/note.tsx";
import { sentence } from "../messages/messages.ts";
import { readMultipart } from "../multipart.ts";
import { Fields } from "./fields.ts";
import type { Doors, Kit, Stranger } from "./kit.ts";
import { sendOn, sendPage } from "./send-page.ts";

const PAGE = "/start/restore";
const MOST_TEXT = 4096;
const MOST_FIELDS = 8;

/** Instead of a set-up: everything comes back from a file. */
export function restoreRoutes(kit: Kit & Doors): Router {
  const router = Router();
  router.get(PAGE, (req, res) => {
    if (kit.ports.phase() === "fresh") show(kit.stranger(req, res), {}, 200);
    else sendOn(res, "/");
  });
  router.post(PAGE, async (req, res) => {
    const stranger = kit.stranger(req, res);
    if (kit.ports.phase() !== "fresh") {
      sendOn(res, "/");
      return;
    }
    try {
      if (await restored(kit, stranger)) done(stranger);
      else show(stranger, { file: stranger.t.backup.fileNone }, 422);
    } catch (thrown) {
      const { error, status } = failureOf(thrown);
      if (error.code === "internal") kit.ports.log.error("a restore", thrown);
      show(stranger, { form: sentence(stranger.t, error) }, status);
    }
  });
  return router;
}

/** The file goes where it belongs as it arrives. False: none was picked. */
async function restored(kit: Kit & Doors, { req }: Stranger): Promise<boolean> {
  const { files } = await readMultipart(req, {
    mostText: MOST_TEXT,
    mostBytes: Number.MAX_SAFE_INTEGER,
    mostFields: MOST_FIELDS,
    onFile: async ({ bytes }, before) => {
      if (!kit.fitsGate(new Fields(before))) throw new NodeError("form-expired", "not from our page");
      await kit.ports.restore(bytes);
    },
  });
  return files.length > 0;
}

type Wrong = { file?: string; form?: string };

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
      {/* The token comes first: what comes before it is not read. */}
      <form
        class="stack loose"
        method="post"
        action={`${PAGE}?lang=${lang}`}
        enctype="multipart/form-data"
        autocomplete="off"
      >
        <FormToken token={token} />
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

function done({ res, t, lang }: Stranger): void {
  const b = t.backup;
  const page = (
    <GatePage t={t} lang={lang} title={b.doneTitle} pane={b.backPane} paneSmall={t.unlock.paneSmall}>
      <div role="status">
        <h1>{b.doneTitle}</h1>
        <p class="lead">{b.doneLead}</p>
      </div>
      <a class="btn main-do big full" href={`/?lang=${lang}`}>
        {b.doneGo}
      </a>
    </GatePage>
  );
  sendPage(res, page, 200);
}
