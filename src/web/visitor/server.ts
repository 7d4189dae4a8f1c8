import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { idOf } from "../../lib/ids.ts";
import type { Viewer } from "../../social/access.ts";
import { personById } from "../../social/people/find.ts";
import { postById } from "../../social/posts/find.ts";
import { ownArticles, pinnedPosts, postsOf } from "../../social/posts/timelines.ts";
import type { PostView } from "../../social/posts/view.ts";
import { profile } from "../../social/profile/profile.ts";
import { taggedPosts } from "../../social/tags/tagged-posts.ts";
import { tagKey } from "../../social/tags/tags.ts";
import { assets } from "../assets.ts";
import { rendered } from "../html/document.tsx";
import { asRequest, BodyTooLarge, readBody, sendResponse } from "../http-bridge.ts";
import { sendMedia } from "../media.ts";
import { languageOf, messages } from "../messages/messages.ts";
import type { VisitorPorts } from "../ports.ts";
import { enterRoutes } from "./enter.tsx";
import { AsleepPage, NothingPage, PostPage, ProfilePage, TagPage } from "./pages.tsx";
import { renderedFor } from "./reading.tsx";
import { createSessions, type Sessions } from "./sessions.ts";
import { noteOpened, viewerOfVisit } from "./visit.ts";

const MOST_BODY = 256 * 1024;
const PAGE = 20;

/** What the pages share. */
type House = { ports: VisitorPorts; sessions: Sessions };

type Acting = NonNullable<ReturnType<VisitorPorts["acting"]>>;

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
  const at: House = { ports, sessions };
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
    const file =
      isId && origin !== undefined
        ? await ports.media(req.params.id, asRequest(req, origin, null), viewer)
        : null;
    if (file === null) next();
    else if ("wait" in file) tooMany(res, file.wait);
    else await sendMedia(file, req, res);
  });
  app.use(enterRoutes(ports, sessions));
  app.get("/", (req, res) => profilePage(at, req, res));
  app.get("/blog", (req, res) => profilePage(at, req, res, "blog"));
  app.get("/@:handle", handleOnly(at, profilePage));
  app.get("/people/:handle", handleOnly(at, profilePage));
  app.get("/tags/:tag", (req, res, next) => tagPage(at, req, res, next));
  app.get("/posts/:id", (req, res, next) => postPage(at, req, res, next));
  app.use((req, res) => nothing(at, req, res));
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) => {
    // A path that is no text cannot be decoded by Express, and is nowhere.
    if (error instanceof URIError) return nothing(at, req, res);
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
  if (path.startsWith("/media/")) return isSigned ? null : "media";
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

async function profilePage(
  { ports, sessions }: House,
  req: Request,
  res: Response,
  list: "posts" | "blog" = "posts",
): Promise<void> {
  const acting = ports.acting();
  if (acting === null) return asleep(req, res);
  const { me, read } = acting;
  const owner = await personById(read, me.ownerId);
  if (owner === null) return asleep(req, res);
  const visitor = await viewerOfVisit(ports, sessions, req, res);
  const { viewer } = visitor;
  const last = await shownPost(acting, String(req.query["before"] ?? ""), viewer);
  const page = last === null ? { limit: PAGE } : { before: last.sortKey, limit: PAGE };
  const posts = await (list === "blog"
    ? ownArticles(read, me, page, viewer)
    : postsOf(read, me, me.ownerId, viewer, page));
  const card = await profile(read, me);
  const pinned = last === null && list === "posts" ? await pinnedPosts(read, me, me.ownerId, viewer) : [];
  const { t, lang } = spoken(req);
  await noteOpened(ports, visitor, req, { kind: list === "blog" ? "blog" : "profile", postId: "" });
  const props = { t, lang, now: acting.now(), owner, card, pinned, posts, list };
  res.send(renderedFor(visitor, ProfilePage(props)));
}

type Page = (at: House, req: Request, res: Response) => Promise<void>;

function handleOnly(at: House, page: Page) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    if (req.params["handle"] === at.ports.acting()?.me.handle) await page(at, req, res);
    else next();
  };
}

async function postPage(
  { ports, sessions }: House,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const acting = ports.acting();
  if (acting === null) return asleep(req, res);
  const { me, read } = acting;
  const visitor = await viewerOfVisit(ports, sessions, req, res);
  const post = await shownPost(acting, String(req.params["id"]), visitor.viewer);
  const owner = await personById(read, me.ownerId);
  if (post === null || owner === null) return next();
  const { t, lang } = spoken(req);
  await noteOpened(ports, visitor, req, { kind: "post", postId: post.id });
  const props = { t, lang, now: acting.now(), owner, card: await profile(read, me), post };
  res.send(renderedFor(visitor, PostPage(props)));
}

/** A tag nobody used looks like a page that never was. */
async function tagPage(
  { ports, sessions }: House,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const acting = ports.acting();
  if (acting === null) return asleep(req, res);
  const { me, read } = acting;
  const owner = await personById(read, me.ownerId);
  const tag = tagKey(String(req.params["tag"]));
  if (owner === null || tag === "") return next();
  const visitor = await viewerOfVisit(ports, sessions, req, res);
  const { viewer } = visitor;
  const last = await shownPost(acting, String(req.query["before"] ?? ""), viewer);
  const page = last === null ? { limit: PAGE } : { before: last.sortKey, limit: PAGE };
  const posts = await taggedPosts(read, me, { tag, viewer }, page);
  if (posts.items.length === 0) return next();
  const { t, lang } = spoken(req);
  const card = await profile(read, me);
  await noteOpened(ports, visitor, req, { kind: "profile", postId: "" });
  res.send(renderedFor(visitor, TagPage({ t, lang, now: acting.now(), owner, card, tag, posts })));
}

/** A post of the owner's that this viewer may see, by the last part of its address. */
async function shownPost({ me, read }: Acting, part: string, viewer: Viewer): Promise<PostView | null> {
  const post = await postById(read, me, idOf(`${me.origin}/posts/${part}`), viewer);
  return post?.own === true ? post : null;
}

async function nothing({ ports, sessions }: House, req: Request, res: Response): Promise<void> {
  const acting = ports.acting();
  const owner = acting === null ? null : await personById(acting.read, acting.me.ownerId);
  if (owner === null) return asleep(req, res);
  const { t, lang } = spoken(req);
  const visitor = await viewerOfVisit(ports, sessions, req, res);
  res.status(404).send(renderedFor(visitor, NothingPage({ t, lang, owner })));
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
