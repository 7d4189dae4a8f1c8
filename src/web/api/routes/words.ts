import { ownEmojis } from "../../../social/emojis/own-emojis.ts";
import { historyOf } from "../../../social/posts/history.ts";
import { taggedPosts } from "../../../social/tags/tagged-posts.ts";
import { tagKey } from "../../../social/tags/tags.ts";
import { theOwner } from "../../../social/viewer.ts";
import { type Answer, type Call, siteOf } from "../call.ts";
import type { Door } from "../door.ts";
import { oneStatus, postOf, statusesOf } from "../find.ts";
import { askedPage, pagedAnswer, sift } from "../paging.ts";
import { notFound } from "../refuse.ts";
import { emojiOf } from "../shapes/emoji.ts";
import { time } from "../shapes/site.ts";
import { wholeTagOf } from "../shapes/tag.ts";

/** Hashtags, custom emoji, and what a status said before. */
export function wordRoutes(door: Door): void {
  door.get("/api/v1/timelines/tag/:tag", "read:statuses", tagged);
  door.get("/api/v1/tags/:tag", "read:statuses", async (call) => {
    const tag = tagKey(call.part("tag"));
    if (tag === "") throw notFound();
    return { json: wholeTagOf({ tag, name: tag }, siteOf(call)) };
  });
  door.get("/api/v1/custom_emojis", null, async (call) => {
    const { read, me } = call.acting;
    const mine = await ownEmojis(read, me);
    return {
      json: mine.map(({ shortcode }) => emojiOf({ host: me.onion, shortcode }, siteOf(call))),
    };
  });
  door.get("/api/v1/statuses/:id/history", "read:statuses", history);
}

async function tagged(call: Call): Promise<Answer> {
  const { read, me } = call.acting;
  const wanted = { tag: call.part("tag"), viewer: theOwner };
  if (tagKey(wanted.tag) === "") return { json: [] };
  const got = await sift(
    askedPage(call.fields),
    (page) => taggedPosts(read, me, wanted, page),
    () => true,
  );
  return pagedAnswer(call, await statusesOf(call, got.items), got);
}

async function history(call: Call): Promise<Answer> {
  const post = await postOf(call, call.part("id"));
  const { account, emojis, sensitive } = await oneStatus(call, post);
  const versions = await historyOf(call.acting.read, post.id);
  return {
    json: versions.map(({ html, warning, at }) => ({
      content: html,
      spoiler_text: warning,
      sensitive: sensitive || warning !== "",
      created_at: time(at),
      account,
      emojis,
      media_attachments: [],
      poll: null,
    })),
  };
}
