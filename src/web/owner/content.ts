import { Router } from "express";
import type { OwnerPorts } from "../ports.ts";
import type { Kit } from "./kit.ts";
import { audienceRoutes } from "./pages/audience.tsx";
import { audiencesRoutes } from "./pages/audiences.tsx";
import { changePostRoutes } from "./pages/change-post.tsx";
import { connectRoutes } from "./pages/connect.tsx";
import { fileRoutes } from "./pages/files.tsx";
import { guestsRoutes } from "./pages/guests.tsx";
import { historyRoutes } from "./pages/history.tsx";
import { homeRoutes } from "./pages/home.tsx";
import { introduceRoutes } from "./pages/introduce.tsx";
import { inviteRoutes } from "./pages/invite.tsx";
import { marksRoutes } from "./pages/marks.tsx";
import { mediaRoutes } from "./pages/media.ts";
import { messageRoutes } from "./pages/messages.tsx";
import { noticesRoutes } from "./pages/notices.tsx";
import { openRoutes } from "./pages/open.ts";
import { peopleRoutes } from "./pages/people.tsx";
import { personRoutes } from "./pages/person.tsx";
import { pollRoutes } from "./pages/polls.tsx";
import { postRoutes } from "./pages/post.tsx";
import { profileRoutes } from "./pages/profile.tsx";
import { quoteRoutes } from "./pages/quotes.tsx";
import { reportRoutes } from "./pages/report.tsx";
import { requestsRoutes } from "./pages/requests.tsx";
import { seenRoutes } from "./pages/seen.tsx";
import { tagRoutes } from "./pages/tags.tsx";
import { theirPageRoutes } from "./pages/their-page.tsx";
import { togetherRoutes } from "./pages/together.tsx";
import { whoRoutes } from "./pages/who.tsx";
import { writeRoutes } from "./pages/write.tsx";

/** The pages with posts and people on them. */
export function contentRoutes(ports: OwnerPorts, kit: Kit): Router {
  const router = Router();
  router.use(homeRoutes(ports, kit), postRoutes(kit), marksRoutes(kit), changePostRoutes(kit));
  router.use(writeRoutes(kit), quoteRoutes(kit), requestsRoutes(kit), inviteRoutes(kit));
  router.use(audiencesRoutes(kit), audienceRoutes(kit));
  router.use(peopleRoutes(kit), guestsRoutes(kit), personRoutes(kit), theirPageRoutes(kit));
  router.use(connectRoutes(kit), messageRoutes(kit));
  router.use(noticesRoutes(kit), profileRoutes(kit), mediaRoutes(kit), openRoutes(kit));
  router.use(reportRoutes(kit), introduceRoutes(kit));
  router.use(reportRoutes(kit), seenRoutes(kit), whoRoutes(kit));
  router.use(tagRoutes(kit), pollRoutes(kit), historyRoutes(kit));
  router.use(fileRoutes(kit), togetherRoutes(kit));
  return router;
}
