import { asNodeError } from "../../../lib/errors.ts";
import { describe, mediaRow } from "../../../social/media/media.ts";
import type { Answer, Call } from "../call.ts";
import { siteOf } from "../call.ts";
import type { Door } from "../door.ts";
import { text } from "../fields.ts";
import { notFound } from "../refuse.ts";
import { waitingAttachmentOf } from "../shapes/attachment.ts";

/** Files for posts: added first, then named in the post. They are ready at once, so nobody has to ask again. */
export function mediaRoutes(door: Door): void {
  for (const path of ["/api/v1/media", "/api/v2/media"]) {
    door.upload(path, "write:media", async (call, mediaId) => {
      await described(call, mediaId);
      return answer(call, mediaId);
    });
  }
  door.get("/api/v1/media/:id", "write:media", (call) => answer(call, call.part("id")));
  door.put("/api/v1/media/:id", "write:media", async (call) => {
    await described(call, call.part("id"));
    return answer(call, call.part("id"));
  });
}

/** `focus` is for cropping, and nothing is cropped here. */
async function described({ acting, fields }: Call, mediaId: string): Promise<void> {
  const alt = text(fields, "description");
  if (alt === undefined) return;
  try {
    await acting.transact((tx) => describe(tx, mediaId, alt));
  } catch (error) {
    throw asNodeError(error).code === "file-gone" ? notFound() : error;
  }
}

async function answer(call: Call, mediaId: string): Promise<Answer> {
  const row = /^[0-9a-f]{32}$/.test(mediaId) ? await mediaRow(call.acting.read, mediaId) : null;
  if (row === null) throw notFound();
  return { json: waitingAttachmentOf(row, siteOf(call)) };
}
