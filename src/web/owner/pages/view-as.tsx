import { type NextFunction, type Request, type Response, Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { type Hidden, hiddenFrom } from "../../../social/profile/hidden.ts";
import { type As, viewAs } from "../../../social/profile/view-as.ts";
import { AsBar } from "../../html/as-bar.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { Note } from "../../html/note.tsx";
import { languageOf, messages } from "../../messages/messages.ts";
import { nobodyKnown, type Reading } from "../../visitor/reading.tsx";
import { visitorPage } from "../../visitor/render.tsx";
import { framed, framing } from "../guard.ts";
import type { Kit, Visit } from "../kit.ts";
import { choices } from "./recipients.ts";

const FRAME = "/profile/as/page";

/**
 * The owner looks at their own page as somebody else: the page is made by what makes it for visitors, byte for byte, and
 * shown in a frame. Its links name pages of the public face, which on this address are the owner's: asked for out of the
 * frame, they lead on within it.
 */
export function viewAsRoutes(kit: Kit): Router {
  const router = Router();
  router.use(staysInside);
  kit.get(router, "/profile/as", show);
  kit.get(router, FRAME, async (visit) => {
    const { acting, req, res } = visit;
    const as = await asOf(visit);
    const { viewer } = as;
    const lang = languageOf(req.headers["accept-language"]);
    const look = { acting, viewer, reading: readingAs(as), t: messages(lang), lang, path: pathOf(visit) };
    const page = await visitorPage(look);
    if (page === null) throw new NodeError("not-set-up", "the owner has no row");
    framed(res);
    res.status(page.status).type("html").end(page.html);
  });
  return router;
}

/** Somebody who came in by a link reads their own name on the page. */
function readingAs({ kind, name, viewer }: As): Reading {
  if (kind !== "person" || viewer.kind !== "person") return nobodyKnown;
  return { name, guestId: viewer.guest === true ? viewer.personId : "" };
}

/** What a link within the frame asks for. */
function staysInside(req: Request, res: Response, next: NextFunction): void {
  const from = URL.parse(req.headers.referer ?? "");
  const within = req.headers["sec-fetch-dest"] === "iframe" && from?.pathname === FRAME;
  if (!within || req.method !== "GET" || req.path === FRAME) next();
  else res.redirect(303, frameOf(from.searchParams.get("who") ?? "", req.originalUrl));
}

function frameOf(who: string, path: string): string {
  return `${FRAME}?${new URLSearchParams({ who, path })}`;
}

function pathOf({ fields }: Visit): string {
  const path = fields.text("path");
  return path.startsWith("/") && path.length <= 2_000 ? path : "/";
}

/** Throws "person-not-found". */
async function asOf({ acting, fields }: Visit): Promise<As> {
  const as = await viewAs(acting.read, acting.me, fields.text("who"));
  if (as === null) throw new NodeError("person-not-found", "nobody to look as");
  return as;
}

async function show(visit: Visit): Promise<void> {
  const { acting, t, fields, res } = visit;
  const as = await asOf(visit);
  const who = fields.text("who") || "stranger";
  const hidden = await hiddenFrom(acting.read, acting.me, as.viewer);
  const { audiences, people } = await choices(acting, as.kind === "person" ? [who] : []);
  const name = nameOf(visit, as);
  framing(res);
  await visit.show({
    title: t.as.title,
    current: "profile",
    main: (
      <>
        <h1 class="vh">{t.as.title}</h1>
        <AsBar {...{ t, who, path: pathOf(visit), audiences, people }} looking />
        <p class="small muted">
          <Isolated words={t.as.exact(name)} />
        </p>
        <Note tone="calm" icon="eye">
          <p>
            <Isolated words={hiddenWords(visit, name, hidden)} />
          </p>
        </Note>
        <iframe
          class="as-frame"
          title={t.as.frame}
          src={frameOf(who, pathOf(visit))}
          sandbox="allow-same-origin"
        />
      </>
    ),
  });
}

function nameOf({ t }: Visit, { kind, name }: As): string {
  if (kind === "audience") return t.as.somebodyIn(isolate(name));
  return kind === "person" ? isolate(name) : t.as.who[kind];
}

function hiddenWords({ t }: Visit, name: string, { parts, lines, posts, of }: Hidden): string {
  const what = [...parts.map((part) => t.as.parts[part]), ...lines.map(isolate)];
  if (posts > 0) what.push(t.as.posts(posts, of));
  const who = name.charAt(0).toUpperCase() + name.slice(1);
  if (what.length === 0) return t.as.nothingHidden(who);
  return t.as.hidden(who, new Intl.ListFormat(t.locale).format(what));
}
