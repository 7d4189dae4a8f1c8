import { personBySortKey, personByUri } from "../../social/people/find.ts";
import type { PersonView } from "../../social/people/view.ts";
import { postBySortKey } from "../../social/posts/find.ts";
import type { PostView } from "../../social/posts/view.ts";
import { postsByIds } from "../../social/posts/views.ts";
import type { Call } from "./call.ts";
import { siteOf } from "./call.ts";
import { notFound } from "./refuse.ts";
import { type Status, statusOf } from "./shapes/status.ts";

/** The person with this account id; throws "not-found". */
export async function personOf(call: Call, accountId: string): Promise<PersonView> {
  const person = await personBySortKey(call.acting.read, accountId);
  if (person === null) throw notFound();
  return person;
}

export async function ownerOf(call: Call): Promise<PersonView> {
  const owner = await personByUri(call.acting.read, call.acting.me.ownerUri);
  if (owner === null) throw notFound();
  return owner;
}

/** The post with this status id; throws "not-found". */
export async function postOf(call: Call, statusId: string): Promise<PostView> {
  const post = await postBySortKey(call.acting.read, call.acting.me, statusId);
  if (post === null) throw notFound();
  return post;
}

export async function ownPostOf(call: Call, statusId: string): Promise<PostView> {
  const post = await postOf(call, statusId);
  if (!post.own) throw notFound();
  return post;
}

/** Posts as apps want them, each with the ids of what it answers. */
export async function statusesOf(call: Call, posts: readonly PostView[]): Promise<Status[]> {
  const { me, read } = call.acting;
  const here = new Map(posts.map((post) => [post.id, post]));
  const elsewhere = posts.map((post) => post.replyToId).filter((id) => id !== "" && !here.has(id));
  const answered =
    elsewhere.length === 0 ? here : new Map([...here, ...(await postsByIds(read, me, elsewhere))]);
  const shown = posts.flatMap((post) => (post.boostOf === null ? [post] : [post, post.boostOf]));
  const quotedIds = shown.flatMap(({ quote }) => (quote?.state === "approved" ? (quote.post?.id ?? []) : []));
  const quoted = quotedIds.length === 0 ? new Map<string, PostView>() : await postsByIds(read, me, quotedIds);
  const site = siteOf(call);
  return posts.map((post) => {
    const before = answered.get(post.replyToId);
    const answers = before === undefined ? null : { id: before.sortKey, accountId: before.author.sortKey };
    return statusOf(post, answers, site, { quoted, now: call.acting.now() });
  });
}

export async function oneStatus(call: Call, post: PostView): Promise<Status> {
  const [status] = await statusesOf(call, [post]);
  if (status === undefined) throw notFound();
  return status;
}
