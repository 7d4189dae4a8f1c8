import { type ErrorRequestHandler, type Request, type Response, Router } from "express";
import { NodeError } from "../../lib/errors.ts";
import { failureOf } from "../errors.ts";
import { sentence } from "../messages/messages.ts";
import type { OwnerPorts } from "../ports.ts";
import { PlainPage } from "./failure.tsx";
import type { Doors, Kit } from "./kit.ts";
import { sendPage } from "./send-page.ts";

/** Another page made this request: a person who followed a link gets a sentence, a program gets nothing. */
export function sayForeign(kit: Doors): (req: Request, res: Response) => void {
  return (req, res) => {
    const { t, lang } = kit.stranger(req, res);
    const { title, heading, text, go } = t.refused;
    res.setHeader("Connection", "close");
    if (req.method === "GET" && req.headers["sec-fetch-mode"] === "navigate") {
      sendPage(res, <PlainPage t={t} lang={lang} title={title} heading={heading} text={text} go={go} />, 403);
      return;
    }
    res.statusCode = 403;
    res.end();
  };
}

/** Whatever no page answers. Who is not in gets the unlock page, so that nobody learns which pages there are. */
export function missingRoutes(kit: Kit): Router {
  const router = Router();
  const missing = async () => {
    throw new NodeError("not-found", "no such page");
  };
  kit.get(router, "/{*any}", missing);
  kit.post(router, "/{*any}", missing);
  router.use((_req, res) => {
    res.statusCode = 405;
    res.setHeader("Allow", "GET, HEAD, POST");
    res.end();
  });
  return router;
}

/** What a page could not say itself. */
export function sayFailure(ports: OwnerPorts, kit: Doors): ErrorRequestHandler {
  return (thrown, req, res, _next) => {
    const { error, status } = failureOf(thrown);
    if (error.code === "internal") ports.log.error("a request of the owner", thrown);
    if (res.headersSent) {
      res.destroy();
      return;
    }
    if (!req.complete) res.setHeader("Connection", "close");
    const { t, lang } = kit.stranger(req, res);
    const { title, heading, home, tooLarge } = t.wrong;
    const text = status === 413 ? tooLarge : sentence(t, error);
    sendPage(
      res,
      <PlainPage t={t} lang={lang} title={title} heading={heading} text={text} go={home} />,
      status,
    );
  };
}
