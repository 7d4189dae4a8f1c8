import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { assets } from "../assets.ts";
import { rendered } from "../html/document.tsx";
import { asRequest, BodyTooLarge, readBody, sendResponse } from "../http-bridge.ts";
import { sendMedia } from "../media.ts";
import { languageOf, messages } from "../messages/messages.ts";
import type { VisitorPorts } from "../ports.ts";
import { enterRoutes } from "./enter.tsx";
import { AsleepPage } from "./pages.tsx";
import { visitorPage } from "./render.tsx";
import { createSessions, type Sessions } from "./sessions.ts";
import { noteOpened, viewerOfVisit } from "./visit.ts";

const MOST_BODY = 256 * 1024;

/** What the pages share. */
type House = { ports: VisitorPorts; sessions: Sessions };

/** No script, no forms, nothing from elsewhere. */
const HEADERS: Record<string, string> = {
  "Content-Security-Policy":
    "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-DNS-Prefetch-Control": "off",
  "X-Robots-Tag": "noindex, nofollow",
  "Cache-Control": "private, no-store",
  Vary: "Accept, Signature, Cookie",
};

/** The public face: what the network's protocol asks for first, pages for people otherwise. Reads only. */
export function createVisitorServer(ports: VisitorPorts, o: { publicFolder: string }): Express {
  const app = express();
  const sessions = createSessions(ports.doors.random, () => ports.acting()?.now() ?? 0);
  app.disable("x-powered-by");
  app.disable("etag");
  app.use((_req, res, next) => {
    res.sendDate = false; // the clock of this device is nobody's business
    for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
    next();
  });
  app.use((req, res, next) => counted(ports, req, res, next));
  app.use((req, res, next) => wire(ports, req, res, next));
  app.use("/assets", assets(o.publicFolder, ["tssop.css", "icons/mark.svg"]));
  app.get("/robots.txt", (_req, res) => {
    res.type("text/plain").send("User-agent: *\nDisallow: /\n");
  });
  app.get("/media/:id", async (req, res, next) => {
    const origin = ports.acting()?.me.origin;
    const isId = /^[0-9a-f]{32}$/.test(req.params.id);
    const { viewer } = await viewerOfVisit(ports, sessions, req, res);
    const asked = asRequest(req, origin ?? "", null);
    const file = isId && origin !== undefined ? await ports.media(req.params.id, asked, viewer) : null;
    if (file === null) next();
    else if ("wait" in file) tooMany(res, file.wait);
    else await sendMedia(file, req, res);
  });
  app.get("/blobs/:id", async (req, res, next) => {
    const origin = ports.acting()?.me.origin;
    const isId = /^[0-9a-f]{32}$/.test(req.params.id);
    const asked = asRequest(req, origin ?? "", null);
    const file = isId && origin !== undefined ? await ports.blob(req.params.id, asked) : null;
    if (file === null) next();
    else if ("wait" in file) tooMany(res, file.wait);
    else await sendMedia(file, req, res);
  });
  app.use(enterRoutes(ports, sessions));
  app.use((req, res) => page({ ports, sessions }, req, res));
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) => {
    // A path that is no text cannot be decoded by Express, and is nowhere.
    if (error instanceof URIError) return page({ ports, sessions }, req, res);
    ports.log.error("a visitor's request", error);
    if (!res.headersSent) res.status(500);
    return res.end();
  });
  return app;
}

/** Reading is free up to a bound for everybody together; a reader who signs is counted by who they are, further in. */
function counted(ports: VisitorPorts, req: Request, res: Response, next: NextFunction): void {
  const reads = req.method === "GET" || req.method === "HEAD";
  const budget = reads ? budgetOf(req) : null;
  const wait = budget === null ? 0 : ports.wait(budget);
  if (wait === 0) next();
  else tooMany(res, wait);
}

function tooMany(res: Response, wait: number): void {
  res.status(429).setHeader("Retry-After", String(wait)).end();
}

/** What others need to verify a signature does not starve when pages are flooded. */
function budgetOf(req: Request) {
  const { path } = req;
  const isSigned = req.headers["signature"] !== undefined;
  if (path.startsWith("/media/") || path.startsWith("/blobs/")) return isSigned ? null : "media";
  if (path.startsWith("/posts/") && isSigned) return null;
  const wantsJson = /json/.test(req.headers.accept ?? "");
  const isPerson = /^\/(?:@[^/]*|people\/[^/]*)?$/.test(path);
  return path.startsWith("/.well-known/") || (isPerson && wantsJson) ? "identity" : "documents";
}

/** ActivityPub and its kin; what they do not know falls through to the pages. */
async function wire(ports: VisitorPorts, req: Request, res: Response, next: NextFunction): Promise<void> {
  const acting = ports.acting();
  if (acting === null) return asleep(req, res);
  if (!(req.url ?? "").startsWith("/")) {
    res.status(400).end();
    return;
  }
  const writes = req.method === "POST";
  if (!writes && req.method !== "GET" && req.method !== "HEAD") {
    res.status(405).setHeader("Allow", "GET, HEAD, POST").end();
    return;
  }
  if (req.headers["content-encoding"] !== undefined) {
    res.status(415).end();
    return;
  }
  try {
    const body = writes ? await readBody(req, MOST_BODY) : null;
    const response = await ports.federation(asRequest(req, acting.me.origin, body));
    if (response !== null) await sendResponse(response, res);
    else if (writes) res.status(404).end();
    else next();
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    res.status(413).setHeader("Connection", "close").end();
  }
}

async function page({ ports, sessions }: House, req: Request, res: Response): Promise<void> {
  const acting = ports.acting();
  if (acting === null) return asleep(req, res);
  const visitor = await viewerOfVisit(ports, sessions, req, res);
  const { viewer } = visitor;
  const found = await visitorPage({
    acting,
    viewer,
    reading: visitor,
    ...spoken(req),
    path: req.originalUrl,
  });
  if (found === null) return asleep(req, res);
  if (found.opened !== null) await noteOpened(ports, visitor, req, found.opened);
  res.status(found.status).send(found.html);
}

function asleep(req: Request, res: Response): void {
  const { t, lang } = spoken(req);
  res
    .status(503)
    .setHeader("Retry-After", "60")
    .send(rendered(AsleepPage({ t, lang })));
}

function spoken(req: Request) {
  const lang = languageOf(req.headers["accept-language"]);
  return { t: messages(lang), lang };
}
