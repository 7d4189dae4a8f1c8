import { type Request, type Response, Router } from "express";
import { homeTimeline } from "../../social/posts/timelines.ts";
import type { OwnerPorts } from "../ports.ts";
import type { Kit } from "./kit.ts";

const BEAT = 25_000;
const MOST = 20;
const MOST_COUNTED = 80;

export type Live = { router: Router; close(): void };

export const LIVE = "/live";

/**
 * Server-sent events (WHATWG HTML, 9.2): the names of what changed, never what it is. One connection serves all tabs of a
 * browser (public/app.js shares it, for a browser opens six at most); the page then asks again for what it shows.
 */
export function createLive(kit: Kit, ports: OwnerPorts): Live {
  const router = Router();
  const open = new Set<Response>();
  const end = () => {
    for (const res of open) res.end();
    open.clear();
  };
  const forget = ports.onChange(({ changed }) => {
    for (const res of open) res.write(`data: ${changed.join(" ")}\n\n`);
    if (ports.acting() === null) end();
  });
  const beat = setInterval(() => {
    for (const res of open) res.write(":\n\n");
  }, BEAT);
  beat.unref();
  kit.get(router, LIVE, async ({ req, res }) => {
    if (open.size < MOST) listen(open, req, res);
    else res.status(204).end(); // tells an EventSource not to come back
  });
  kit.get(router, "/live/fresh", async ({ acting, fields, res, t, now }) => {
    const after = /^\d{1,21}$/.test(fields.text("after")) ? fields.text("after") : "0";
    const { items } = await homeTimeline(acting.read, acting.me, { after, limit: MOST_COUNTED }, now);
    res.json({ count: items.length, text: items.length === 0 ? "" : t.fresh(items.length) });
  });
  return {
    router,
    close() {
      forget();
      clearInterval(beat);
      end();
    },
  };
}

function listen(open: Set<Response>, req: Request, res: Response): void {
  res.statusCode = 200;
  res.setHeader("Content-Type", "text/event-stream");
  res.write("retry: 3000\n\n");
  open.add(res);
  req.on("close", () => open.delete(res));
  res.on("close", () => open.delete(res));
}
