import { homeTimeline, publicPosts } from "../../../social/posts/timelines.ts";
import type { Answer, Call } from "../call.ts";
import type { Door } from "../door.ts";
import { flag } from "../fields.ts";
import { statusesOf } from "../find.ts";
import { askedPage, pagedAnswer, sift } from "../paging.ts";

/** Posts in the order of time. The public one holds what the owner shows everybody: no node collects others'. */
export function timelineRoutes(door: Door): void {
  door.get("/api/v1/timelines/home", "read:statuses", (call) =>
    timeline(call, (page) => homeTimeline(call.acting.read, call.acting.me, page, call.acting.now())),
  );
  door.get("/api/v1/timelines/public", "read:statuses", async (call) => {
    if (flag(call.fields, "remote") || flag(call.fields, "only_media")) return { json: [] };
    return timeline(call, (page) => publicPosts(call.acting.read, call.acting.me, page));
  });
}

async function timeline(call: Call, read: Parameters<typeof sift<Post>>[1]): Promise<Answer> {
  const got = await sift(askedPage(call.fields), read, () => true);
  return pagedAnswer(call, await statusesOf(call, got.items), got);
}

type Post = Awaited<ReturnType<typeof homeTimeline>>["items"][number];
