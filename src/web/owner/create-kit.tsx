import type { Request, Response } from "express";
import type { VNode } from "preact";
import { NodeError } from "../../lib/errors.ts";
import { unreadMessages } from "../../social/messages/list.ts";
import { unreadCounts } from "../../social/notices/notices.ts";
import { failureOf } from "../errors.ts";
import { AppPage } from "../html/app-page.tsx";
import type { Language } from "../html/document.tsx";
import { TOKEN_FIELD } from "../html/form.tsx";
import { isLanguage, languageOf, messages } from "../messages/messages.ts";
import type { OwnerActing, OwnerPorts } from "../ports.ts";
import { FailurePage, StalePage } from "./failure.tsx";
import { Fields } from "./fields.ts";
import { UnlockPage, WorkingPage } from "./gate.tsx";
import { inBackground } from "./in-background.ts";
import { createKeptSeal, type Kept, keptOf } from "./kept.tsx";
import type { Doors, Kit, PageParts, Stranger, Visit, Work } from "./kit.ts";
import { type LeaveLinks, turnInward } from "./leave-links.ts";
import { idleMsOf, readPreferences } from "./preferences.ts";
import { fieldsOfQuery, hasFiles, readFields, readTyped, readUpload } from "./read-fields.ts";
import { sendOn, sendPage } from "./send-page.ts";
import { type Session, type Sessions, sameSecret } from "./session.ts";

type Options = { ports: OwnerPorts; sessions: Sessions; links: LeaveLinks };

export function createKit(o: Options): Kit & Doors {
  const seal = createKeptSeal(o.ports.random);
  const gateToken = o.ports.random(32).toString("base64url");
  const stranger = (req: Request, res: Response): Stranger => {
    const asked = fieldsOfQuery(req).text("lang");
    const lang = isLanguage(asked) ? asked : languageOf(req.headers["accept-language"]);
    return { req, res, t: messages(lang), lang, token: gateToken };
  };
  const sendToGate = (req: Request, res: Response, kept: Kept | null, lostFile = false) =>
    gate(o.ports, stranger(req, res), { kept: kept === null ? null : seal.seal(kept), lostFile });
  const admit = async (req: Request, res: Response, fields: Fields): Promise<Visit | null> => {
    const acting = o.ports.acting();
    if (acting === null) return null;
    const preferences = await readPreferences(acting);
    const session = o.sessions.find(req, idleMsOf(preferences), !inBackground(req));
    return session === null
      ? null
      : visitOf({ req, res, fields, acting, session, lang: preferences.language, ports: o.ports });
  };
  // Megabytes are read of nobody but the owner.
  const uploaded = async (req: Request, res: Response) => {
    const visit = await admit(req, res, new Fields([]));
    if (visit !== null) return readUpload(req, visit.acting);
    const typed = await readTyped(req);
    if (!req.complete) res.setHeader("Connection", "close");
    return typed;
  };
  const kit: Kit & Doors = {
    ports: o.ports,
    stranger,
    kept: seal,
    sendToGate,
    get: (router, path, work) => {
      router.get(path, async (req, res) => {
        const visit = await admit(req, res, fieldsOfQuery(req));
        if (visit === null) sendToGate(req, res, null);
        else await worked(o.ports, visit, work, null);
      });
    },
    post: (router, path, work) => {
      router.post(path, async (req, res) => {
        const fields = hasFiles(req) ? await uploaded(req, res) : await readFields(req);
        const visit = await admit(req, res, fields);
        const kept = keptOf(req.originalUrl, fields);
        if (visit === null) sendToGate(req, res, kept, fields.lostFile);
        else if (!sameSecret(fields.text(TOKEN_FIELD), visit.token)) await stale(visit, kept);
        else await worked(o.ports, visit, work, kept);
      });
    },
    raw: (router, path, work) => {
      router.post(path, async (req, res) => {
        const visit = await admit(req, res, new Fields([]));
        const isOurs = visit !== null && sameSecret(req.get("x-tssop-form") ?? "", visit.token);
        if (!isOurs) res.setHeader("Connection", "close").status(403).end();
        else await work(visit);
      });
    },
    leaveUrl: (href) => o.links.urlFor(href),
    outward: (html, inside) => turnInward(html, (href) => o.links.urlFor(href), inside),
    fitsGate: (fields) => sameSecret(fields.text(TOKEN_FIELD), gateToken),
    async letIn(req, res, fields) {
      const acting = o.ports.acting();
      if (acting === null) return null;
      const { language } = await readPreferences(acting);
      const { session, cookie } = o.sessions.start();
      res.setHeader("Set-Cookie", cookie);
      return visitOf({ req, res, fields, acting, session, lang: language, ports: o.ports });
    },
  };
  return kit;
}

type VisitParts = {
  req: Request;
  res: Response;
  fields: Fields;
  acting: OwnerActing;
  session: Session;
  lang: Language;
  ports: OwnerPorts;
};

function visitOf({ req, res, fields, acting, session, lang, ports }: VisitParts): Visit {
  const t = messages(lang);
  const showWhole = (page: VNode, status = 200) => sendPage(res, page, status);
  return {
    req,
    res,
    session,
    acting,
    t,
    lang,
    now: acting.now(),
    fields,
    token: session.formToken,
    part(name) {
      const value = req.params[name];
      return typeof value === "string" ? value : "";
    },
    showWhole,
    async show(page: PageParts) {
      const said = session.said;
      if (!inBackground(req)) session.said = null;
      const frame = {
        t,
        lang,
        network: ports.network(),
        counts: {
          ...(await unreadCounts(acting.read, ports.now())),
          messages: await unreadMessages(acting.read),
        },
        said,
      };
      const { title, current, side, refresh, wide, main, status = 200 } = page;
      showWhole(
        <AppPage {...frame} title={title} current={current} side={side} refresh={refresh} wide={wide}>
          {main}
        </AppPage>,
        status,
      );
    },
    go(path, said) {
      if (said !== undefined) session.said = said;
      sendOn(res, path);
    },
  };
}

async function worked(ports: OwnerPorts, visit: Visit, work: Work, kept: Kept | null): Promise<void> {
  try {
    await work(visit);
  } catch (thrown) {
    if (visit.res.headersSent) throw thrown;
    const { error, status } = failureOf(thrown);
    if (error.code === "internal") ports.log.error("a page of the owner", thrown);
    await visit.show(FailurePage({ t: visit.t, error, status, kept, token: visit.token }));
  }
}

/** The page was made before the last unlocking: nothing is done, nothing is lost. */
async function stale(visit: Visit, kept: Kept | null): Promise<void> {
  if (kept === null) {
    const error = new NodeError("form-expired", "a form from before");
    await visit.show(FailurePage({ t: visit.t, error, status: 403, kept, token: visit.token }));
  } else {
    const { t, token, fields } = visit;
    await visit.show(StalePage({ t, kept, token, lostFile: fields.lostFile }));
  }
}

type Carried = { kept: string | null; lostFile: boolean };

function gate(ports: OwnerPorts, stranger: Stranger, { kept, lostFile }: Carried): void {
  const { req, res, t, lang, token } = stranger;
  const phase = ports.phase();
  if (phase === "fresh") {
    sendOn(res, "/start");
  } else if (phase === "working" && kept === null)
    sendPage(res, <WorkingPage t={t} lang={lang} heading={t.start.opening} />, 200);
  else {
    const back = req.method === "GET" ? req.originalUrl : "/";
    const page = (
      <UnlockPage
        t={t}
        lang={lang}
        token={token}
        phase={phase}
        wait={ports.unlockWait()}
        to={back}
        kept={kept}
        lostFile={lostFile}
      />
    );
    sendPage(res, page, req.method === "GET" && back === "/" ? 200 : 403);
  }
}
