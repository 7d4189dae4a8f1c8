import { Router } from "express";
import { asNodeError } from "../../lib/errors.ts";
import type { Language } from "../html/document.tsx";
import { isLanguage, messages, sentence } from "../messages/messages.ts";
import type { Fields } from "./fields.ts";
import { WorkingPage } from "./gate.tsx";
import type { Doors, Kit, Stranger } from "./kit.ts";
import { readFields } from "./read-fields.ts";
import { sendOn, sendPage } from "./send-page.ts";
import { StartPage, type StartProps } from "./start.tsx";

const WEAKEST = 2;

/** The first start: a name, a passphrase, and on to the network. */
export function setUpRoutes(kit: Kit & Doors): Router {
  const router = Router();
  const { ports } = kit;
  router.get("/start", (req, res) => {
    const stranger = kit.stranger(req, res);
    if (ports.phase() !== "fresh") leaveStart(kit, stranger);
    else show(stranger, { name: "", rolled: ports.proposePassphrase(), score: null, wrong: {} }, 200);
  });
  router.post("/start", async (req, res) => {
    const fields = await readFields(req);
    const chosen = fields.text("lang");
    const stranger = inLanguage(kit.stranger(req, res), isLanguage(chosen) ? chosen : null);
    if (ports.phase() !== "fresh") leaveStart(kit, stranger);
    else if (!kit.fitsGate(fields)) show(stranger, typed(kit, fields, {}), 403);
    else await act(kit, stranger, fields);
  });
  return router;
}

async function act(kit: Kit & Doors, stranger: Stranger, fields: Fields): Promise<void> {
  const { ports } = kit;
  const wanted = fields.text("do");
  if (isLanguage(wanted)) {
    show(inLanguage(stranger, wanted), typed(kit, fields, {}), 200);
    return;
  }
  if (wanted === "roll") {
    show(stranger, { ...typed(kit, fields, {}), rolled: ports.proposePassphrase() }, 200);
    return;
  }
  const wrong = checked(kit, stranger, fields);
  if (wrong !== null) {
    show(stranger, typed(kit, fields, wrong), 422);
    return;
  }
  const own = fields.text("own");
  try {
    await ports.setUp({
      name: fields.text("name").trim(),
      passphrase: own === "" ? fields.text("rolled") : own,
      language: stranger.lang,
    });
  } catch (thrown) {
    const error = asNodeError(thrown);
    if (error.code === "internal") ports.log.error("set-up", thrown);
    if (ports.phase() === "fresh")
      show(stranger, typed(kit, fields, { form: sentence(stranger.t, error) }), 500);
    else kit.sendToGate(stranger.req, stranger.res, null);
    return;
  }
  const visit = await kit.letIn(stranger.req, stranger.res, fields);
  if (visit === null) kit.sendToGate(stranger.req, stranger.res, null);
  else visit.go("/connecting");
}

/** null: everything fits. */
function checked(kit: Kit, { t }: Stranger, fields: Fields): StartProps["wrong"] | null {
  const wrong: StartProps["wrong"] = {};
  const own = fields.text("own");
  if (fields.text("name").trim() === "") wrong.name = t.start.nameEmpty;
  const meant = own === "" ? fields.text("rolled") : own;
  const { score } = kit.ports.strength(meant);
  if (score < WEAKEST) wrong.own = t.start.weak;
  if (wrong.own === undefined && comparable(fields.text("again")) !== comparable(meant))
    wrong.again = t.start.differs;
  if (Object.keys(wrong).length === 0) return null;
  if (wrong.again === undefined) wrong.again = t.start.typeAgain;
  return wrong;
}

/** As the vault does: composed alike, hyphens as good as spaces. */
function comparable(passphrase: string): string {
  return passphrase
    .normalize("NFKC")
    .trim()
    .replace(/[\s-]+/g, " ");
}

type Typed = Pick<StartProps, "name" | "rolled" | "score" | "wrong">;

/** What is shown again: the name and the rolled words, never a typed passphrase. */
function typed(kit: Kit, fields: Fields, wrong: StartProps["wrong"]): Typed {
  const own = fields.text("own");
  const rolled = fields.text("rolled");
  return {
    name: fields.text("name").slice(0, 64),
    rolled: /^[a-z]+(-[a-z]+){3,}$/.test(rolled) ? rolled : kit.ports.proposePassphrase(),
    score: own === "" ? null : kit.ports.strength(own).score,
    wrong,
  };
}

function show(stranger: Stranger, parts: Typed, status: number): void {
  const { t, lang, token, res } = stranger;
  sendPage(res, <StartPage t={t} lang={lang} token={token} {...parts} />, status);
}

function inLanguage(stranger: Stranger, lang: Language | null): Stranger {
  return lang === null ? stranger : { ...stranger, lang, t: messages(lang) };
}

/** Set up already, or being set up in another tab. */
function leaveStart(kit: Kit & Doors, { res, t, lang }: Stranger): void {
  if (kit.ports.phase() === "working") {
    sendPage(res, <WorkingPage t={t} lang={lang} heading={t.start.working} />, 200);
    return;
  }
  sendOn(res, "/");
}
