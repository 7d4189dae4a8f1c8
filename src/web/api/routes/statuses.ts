import { NodeError } from "../../../lib/errors.ts";
import { edit } from "../../../social/posts/edit.ts";
import { postById } from "../../../social/posts/find.ts";
import { type Draft, publish } from "../../../social/posts/publish.ts";
import { remove } from "../../../social/posts/remove.ts";
import { thread } from "../../../social/posts/thread.ts";
import { changeQuotable } from "../../../social/quotes/change-quotable.ts";
import { quotableOf } from "../../../social/quotes/quotable.ts";
import { knowMentioned } from "../../know-mentioned.ts";
import type { Answer, Call } from "../call.ts";
import type { Door } from "../door.ts";
import { draftOf, filesOf, pollOf } from "../draft.ts";
import { flag, text } from "../fields.ts";
import { oneStatus, ownPostOf, postOf, statusesOf } from "../find.ts";
import { createOnce, type Once } from "../idempotency.ts";
import { notFound, notUnderstood } from "../refuse.ts";
import { quotableOfPolicy } from "../shapes/quote-policy.ts";
import { sourceOf } from "../shapes/status.ts";

/** An app gets all of a thread at once, as far as Mastodon would give it. */
const WHOLE = { above: 1_000, below: 4_096, deepest: 4_096 };

/** Posts: writing, changing, removing, and what belongs together. */
export function statusRoutes(door: Door): void {
  const once = createOnce<string>();
  door.post("/api/v1/statuses", "write:statuses", (call) => create(call, once));
  door.get("/api/v1/statuses/:id", "read:statuses", async (call) => ({
    json: await oneStatus(call, await postOf(call, call.part("id"))),
  }));
  door.put("/api/v1/statuses/:id", "write:statuses", change);
  door.delete("/api/v1/statuses/:id", "write:statuses", removal);
  door.get("/api/v1/statuses/:id/context", "read:statuses", context);
  door.get("/api/v1/statuses/:id/source", "read:statuses", async (call) => ({
    json: sourceOf(await ownPostOf(call, call.part("id"))),
  }));
}

/** An Idempotency-Key, which belongs to the token it came with, makes a repeated request harmless. */
async function create(call: Call, once: Once<string>): Promise<Answer> {
  const key = call.idempotencyKey.slice(0, 200);
  const now = call.acting.now();
  const id = await (key === "" ? write(call) : once(`${call.token.id} ${key}`, now, () => write(call)));
  const post = await postById(call.acting.read, call.acting.me, id);
  if (post === null) throw notFound();
  return { json: await oneStatus(call, post) };
}

/** As in Mastodon, a direct post that names nobody is a note to oneself. */
async function write(call: Call): Promise<string> {
  const draft = await draftOf(call);
  if (draft.reach !== "chosen") await knowMentioned(call.acting, draft.text);
  try {
    return await published(call, draft);
  } catch (error) {
    if (!(error instanceof NodeError) || error.code !== "reach-not-allowed") throw error;
    return published(call, { ...draft, reach: "me" });
  }
}

function published({ acting }: Call, draft: Draft): Promise<string> {
  return acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
}

/** What is not sent stays as it was. Who sees it never changes. */
async function change(call: Call): Promise<Answer> {
  const { acting, fields } = call;
  const post = await ownPostOf(call, call.part("id"));
  const words = text(fields, "status") ?? post.source;
  await knowMentioned(acting, words);
  const warning = text(fields, "spoiler_text") ?? post.warning;
  const policy = text(fields, "quote_approval_policy");
  const quotable = policy ? quotableOfPolicy(policy) : quotableOf(post.quotable, post.reach);
  if (quotable === null) throw notUnderstood("Choose who may quote it: public, followers or nobody.");
  const language = text(fields, "language");
  const poll = post.poll === null ? null : pollOf(fields);
  const extra = {
    ...(language === undefined ? {} : { language }),
    ...(fields.has("sensitive") ? { sensitive: flag(fields, "sensitive") } : {}),
    ...(poll === null ? {} : { poll }),
    ...(fields.has("media_ids") ? { files: await filesOf(call, post.files) } : {}),
  };
  await acting.transact(async (tx) => {
    await edit(tx, acting.me, post.id, words, warning, acting.now(), extra);
    await changeQuotable(tx, acting.me, post.id, quotable, acting.now());
  });
  return { json: await oneStatus(call, await postOf(call, post.sortKey)) };
}

/** Gone for good; the text goes back to the app, which may offer to write it anew. */
async function removal(call: Call): Promise<Answer> {
  const { acting } = call;
  const post = await ownPostOf(call, call.part("id"));
  const last = await oneStatus(call, post);
  await acting.transact((tx) => remove(tx, acting.me, post.id, acting.now()));
  return { json: { ...last, text: post.source } };
}

async function context(call: Call): Promise<Answer> {
  const { me, read } = call.acting;
  const { id } = await postOf(call, call.part("id"));
  const found = await thread(read, me, id, { kind: "owner" }, { extent: WHOLE });
  if (found === null) throw notFound();
  const all = await statusesOf(call, [...found.before, found.post, ...found.after]);
  const at = found.before.length;
  return { json: { ancestors: all.slice(0, at), descendants: all.slice(at + 1) } };
}
