import { quotingPosts } from "../../../social/posts/timelines.ts";
import { revokeQuote } from "../../../social/quotes/answer.ts";
import { changeQuotable } from "../../../social/quotes/change-quotable.ts";
import { grantedFor } from "../../../social/quotes/list.ts";
import type { Answer, Call } from "../call.ts";
import type { Door } from "../door.ts";
import { text } from "../fields.ts";
import { oneStatus, ownPostOf, postOf, statusesOf } from "../find.ts";
import { askedPage, pagedAnswer, sift } from "../paging.ts";
import { notFound, notUnderstood } from "../refuse.ts";
import { quotableOfPolicy } from "../shapes/quote-policy.ts";

/** Who quotes a post, taking a leave back, and who may quote from now on. */
export function quoteRoutes(door: Door): void {
  door.get("/api/v1/statuses/:id/quotes", "read:statuses", quotes);
  door.post("/api/v1/statuses/:id/quotes/:quoting/revoke", "write:statuses", revoke);
  door.put("/api/v1/statuses/:id/interaction_policy", "write:statuses", policy);
}

async function quotes(call: Call): Promise<Answer> {
  const { me, read } = call.acting;
  const { id } = await postOf(call, call.part("id"));
  const got = await sift(
    askedPage(call.fields),
    (page) => quotingPosts(read, me, id, page),
    () => true,
  );
  return pagedAnswer(call, await statusesOf(call, got.items), got);
}

async function revoke(call: Call): Promise<Answer> {
  const { acting } = call;
  const post = await ownPostOf(call, call.part("id"));
  const quoting = await postOf(call, call.part("quoting"));
  const stampId = await grantedFor(acting.read, post.id, quoting.uri);
  if (stampId === null) throw notFound();
  await acting.transact((tx) => revokeQuote(tx, stampId, acting.now()));
  return { json: await oneStatus(call, await postOf(call, quoting.sortKey)) };
}

async function policy(call: Call): Promise<Answer> {
  const { acting, fields } = call;
  const post = await ownPostOf(call, call.part("id"));
  const quotable = quotableOfPolicy(text(fields, "quote_approval_policy") ?? "");
  if (quotable === null) throw notUnderstood("Choose who may quote it: public, followers or nobody.");
  await acting.transact((tx) => changeQuotable(tx, acting.me, post.id, quotable, acting.now()));
  return { json: await oneStatus(call, await postOf(call, post.sortKey)) };
}
