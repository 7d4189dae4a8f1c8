import { Router } from "express";
import { Document } from "../html/document.tsx";
import { Field } from "../html/form.tsx";
import { GatePage } from "../html/gate-page.tsx";
import { ENTER } from "./guard.ts";
import type { Doors, Kit, Stranger } from "./kit.ts";
import { readFields } from "./read-fields.ts";
import { sendPage } from "./send-page.ts";
import type { Sessions } from "./session.ts";

/**
 * The program opens the owner's browser with a single-use token, so that who started it need not type the passphrase a
 * second time. The token opens these pages only while the keys are here; it never replaces the passphrase of a locked device.
 */
export function enterRoutes(kit: Kit & Doors, sessions: Sessions): Router {
  const router = Router();
  router.get([ENTER, `${ENTER}/:token`], (req, res) => {
    const { token } = req.params;
    sendPage(
      res,
      <EnterPage stranger={kit.stranger(req, res)} given={typeof token === "string" ? token : ""} />,
      200,
    );
  });
  router.post(ENTER, async (req, res) => {
    const fields = await readFields(req);
    const stranger = kit.stranger(req, res);
    const good = sessions.useLoginToken(fields.text("token").trim());
    if (good) await kit.letIn(req, res, fields);
    const locked = kit.ports.acting() === null;
    if (good || locked) sendPage(res, <OnwardPage stranger={stranger} />, 200);
    else sendPage(res, <EnterPage stranger={stranger} given="" used />, 403);
  });
  return router;
}

/** Goes on by itself: with a redirect the browser would count the next page as the other site's, and keep the cookie back. */
function OnwardPage({ stranger: { t, lang } }: { stranger: Stranger }) {
  return (
    <Document lang={lang} title={t.enter.title} bodyClass="gate" onward="/" script={false}>
      <main class="main">
        <h1>{t.enter.heading}</h1>
        <p>
          <a class="btn main-do" href="/">
            {t.enter.go}
          </a>
        </p>
      </main>
    </Document>
  );
}

type EnterProps = { stranger: Stranger; given: string; used?: boolean };

function EnterPage({ stranger: { t, lang }, given, used = false }: EnterProps) {
  return (
    <GatePage t={t} lang={lang} title={t.enter.title} pane={t.start.pane} paneSmall={t.start.paneSmall}>
      <div>
        <h1>{t.enter.heading}</h1>
        <p class="lead">{t.enter.lead}</p>
      </div>
      <form
        class="stack"
        method="post"
        action={ENTER}
        autocomplete="off"
        data-enter={given === "" ? "" : undefined}
      >
        {given === "" ? (
          <Field id="token" label={t.enter.label} wrong={used ? t.enter.used : undefined}>
            {(describedBy) => (
              <input
                id="token"
                name="token"
                class="mono"
                autocomplete="off"
                autocapitalize="none"
                spellcheck={false}
                required
                aria-describedby={describedBy}
              />
            )}
          </Field>
        ) : (
          <input type="hidden" name="token" value={given} />
        )}
        <button class="btn main-do big full" type="submit">
          {t.enter.go}
        </button>
      </form>
      {used ? (
        <p>
          <a href="/">{t.unlock.go}</a>
        </p>
      ) : null}
    </GatePage>
  );
}
