import { Router } from "express";
import { asNodeError } from "../../lib/errors.ts";
import { isLanguage, messages } from "../messages/messages.ts";
import { ResumePage } from "./failure.tsx";
import { UnlockPage } from "./gate.tsx";
import { isOwnPath, keptIn } from "./kept.tsx";
import type { Doors, Kit, Stranger } from "./kit.ts";
import { readFields } from "./read-fields.ts";
import { sendOn, sendPage } from "./send-page.ts";

/** The pages are locked, or this browser has not shown the passphrase: what was typed waits inside the page itself. */
export function unlockRoutes(kit: Kit & Doors): Router {
  const router = Router();
  const { ports } = kit;
  router.get("/unlock", (_req, res) => {
    sendOn(res, "/");
  });
  // The script sends what was typed here when the pages are locked under an open form: nothing is done with it.
  router.post("/keep", async (req, res) => {
    const kept = keptIn(await readFields(req));
    kit.sendToGate(req, res, kept);
  });
  router.post("/unlock", async (req, res) => {
    const fields = await readFields(req);
    const lang = fields.text("lang");
    const base = kit.stranger(req, res);
    const stranger = isLanguage(lang) ? { ...base, lang, t: messages(lang) } : base;
    const kept = kit.kept.open(fields);
    const to = isOwnPath(fields.text("to")) ? fields.text("to") : "/";
    if (ports.phase() === "fresh" || ports.phase() === "working") {
      kit.sendToGate(req, res, kept);
      return;
    }
    const refused = kit.fitsGate(fields) ? await tried(kit, fields.text("passphrase")) : "again";
    if (refused !== null) {
      showAgain(kit, stranger, { refused, to, kept: kept === null ? null : kit.kept.seal(kept) });
      return;
    }
    const visit = await kit.letIn(req, res, fields);
    if (visit === null) kit.sendToGate(req, res, kept);
    else if (kept === null) visit.go(to);
    else await visit.show(ResumePage({ t: visit.t, kept, token: visit.token }));
  });
  return router;
}

type Refused = "wrong" | "early" | "again";

/** null: it is open. Anything but a wrong passphrase is for the failure page. */
async function tried(kit: Kit, passphrase: string): Promise<Refused | null> {
  try {
    await kit.ports.unlock(passphrase);
    return null;
  } catch (thrown) {
    const { code } = asNodeError(thrown);
    if (code === "wrong-passphrase") return "wrong";
    if (code === "wait-before-retry") return "early";
    throw thrown;
  }
}

type Shown = { refused: Refused; to: string; kept: string | null };

function showAgain(kit: Kit, { res, t, lang, token }: Stranger, { refused, to, kept }: Shown): void {
  const { ports } = kit;
  const common = { t, lang, token, phase: ports.phase(), wait: ports.unlockWait(), to, kept };
  const page = refused === "again" ? <UnlockPage {...common} /> : <UnlockPage {...common} wrong={refused} />;
  sendPage(res, page, refused === "early" ? 429 : 403);
}
