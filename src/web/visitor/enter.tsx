import { type NextFunction, type Request, type Response, Router } from "express";
import { guestOf } from "../../social/guests/enter.ts";
import { Document, type Language, rendered } from "../html/document.tsx";
import { languageOf, type Messages, messages } from "../messages/messages.ts";
import type { VisitorPorts } from "../ports.ts";
import type { Reader, Sessions } from "./sessions.ts";

/**
 * The ways in for who is no stranger: a guest's secret link, and the single-use link that a friend's own node was given.
 * A link that is wrong, used, over or ended falls through to what is answered for a page that never was.
 */
export function enterRoutes(ports: VisitorPorts, sessions: Sessions): Router {
  const router = Router();
  const letIn = (find: (secret: string) => Promise<Reader | null>) => {
    return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
      // Looking whether a link is good must not use it up, and tells nothing.
      const reader = req.method === "GET" ? await find(String(req.params["secret"])) : null;
      if (reader === null) return next();
      const lang = languageOf(req.headers["accept-language"]);
      res.setHeader("Set-Cookie", sessions.start(reader, req));
      res.send(rendered(<OnwardPage t={messages(lang)} lang={lang} />));
    };
  };
  router.get(
    "/guest/:secret",
    letIn(async (secret) => {
      const acting = ports.acting();
      return acting === null ? null : guestOf(acting.read, secret);
    }),
  );
  router.get(
    "/enter/:secret",
    letIn(async (secret) => {
      const personId = ports.doors.enter(secret);
      return personId === null ? null : { personId, link: "" };
    }),
  );
  router.get("/leave", (req, res) => {
    res.status(303).setHeader("Set-Cookie", sessions.end(req));
    res.setHeader("Location", "/").end();
  });
  return router;
}

/**
 * Goes on by itself, so that no secret stays in the address. With a redirect, a browser that came from a link in a letter
 * would count the next page as the letter's and keep the cookie back.
 */
function OnwardPage({ t, lang }: { t: Messages; lang: Language }) {
  return (
    <Document lang={lang} title={t.visitor.title} bodyClass="visitor" onward="/" script={false}>
      <main class="main" id="main">
        <section class="card empty">
          <h1>{t.reading.welcome}</h1>
          <a class="btn main-do" href="/">
            {t.visitor.toPage}
          </a>
        </section>
      </main>
    </Document>
  );
}
