import { Router } from "express";
import type { OwnerPorts } from "../ports.ts";
import { createDoor, guarded } from "./door.ts";
import { mediaLinkRoutes } from "./media-links.ts";
import { notFound, sayError } from "./refuse.ts";
import { accountActionRoutes } from "./routes/account-actions.ts";
import { accountRoutes } from "./routes/accounts.ts";
import { domainBlockRoutes } from "./routes/domain-blocks.ts";
import { emptyRoutes } from "./routes/empty.ts";
import { filterRoutes } from "./routes/filters.ts";
import { followRequestRoutes } from "./routes/follow-requests.ts";
import { instanceRoutes } from "./routes/instance.ts";
import { listRoutes } from "./routes/lists.ts";
import { markRoutes } from "./routes/marks.ts";
import { mediaRoutes } from "./routes/media.ts";
import { muteRoutes } from "./routes/mutes.ts";
import { notificationRequestRoutes } from "./routes/notification-requests.ts";
import { notificationRoutes } from "./routes/notifications.ts";
import { oldFilterRoutes } from "./routes/old-filters.ts";
import { pollRoutes } from "./routes/polls.ts";
import { quoteRoutes } from "./routes/quotes.ts";
import { reportRoutes } from "./routes/reports.ts";
import { searchRoutes } from "./routes/search.ts";
import { statusRoutes } from "./routes/statuses.ts";
import { timelineRoutes } from "./routes/timelines.ts";
import { wordRoutes } from "./routes/words.ts";

const NO_SIGN_IN = "Apps cannot sign in by themselves yet. Make a token with: tssop token";

/** The Mastodon client API: everything under /api and /oauth, and nothing else. Listed in docs/mastodon-api.md. */
export function createApi(ports: OwnerPorts): Router {
  const router = Router();
  router.post("/api/v1/apps", (_req, res) => void res.status(422).json({ error: NO_SIGN_IN }));
  router.use("/oauth", (_req, res) => {
    res.status(422).json({ error: "unsupported_grant_type", error_description: NO_SIGN_IN });
  });
  const door = createDoor(ports, router);
  router.use(mediaLinkRoutes(ports));
  mediaRoutes(door);
  instanceRoutes(door);
  accountRoutes(door);
  accountActionRoutes(door);
  followRequestRoutes(door);
  statusRoutes(door);
  markRoutes(door);
  quoteRoutes(door);
  timelineRoutes(door);
  listRoutes(door);
  // Before single notices: "requests" is no id.
  notificationRequestRoutes(door);
  notificationRoutes(door);
  domainBlockRoutes(door);
  pollRoutes(door);
  wordRoutes(door);
  searchRoutes(door);
  muteRoutes(door);
  filterRoutes(door);
  oldFilterRoutes(door);
  reportRoutes(door);
  emptyRoutes(door);
  router.use(
    "/api",
    guarded(ports, null, async () => {
      throw notFound();
    }),
  );
  router.use(["/api", "/oauth"], sayError(ports.log));
  return router;
}
