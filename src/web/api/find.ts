import { personBySortKey, personByUri } from "../../social/people/find.ts";
import type { PersonView } from "../../social/people/view.ts";
import { postById, postBySortKey } from "../../social/posts/find.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { Call } from "./call.ts";
import { siteOf } from "./call.ts";
import { notFound } from "./refuse.ts";
import { type Answered, type Status, statusOf } from "./shapes/status.ts";

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
  const known = new Map<string, Answered | null>();
  for (const post of posts) known.set(post.id, answeredBy(post));
  const site = siteOf(call);
  const statuses: Status[] = [];
  for (const post of posts) {
    statuses.push(statusOf(post, await answered(call, post, known), site));
  }
  return statuses;
}

export async function oneStatus(call: Call, post: PostView): Promise<Status> {
  return statusOf(post, await answered(call, post, new Map()), siteOf(call));
}

async function answered(
  call: Call,
  post: PostView,
  known: Map<string, Answered | null>,
): Promise<Answered | null> {
  if (post.replyToId === "") return null;
  const before = known.get(post.replyToId);
  if (before !== undefined) return before;
  const found = await postById(call.acting.read, call.acting.me, post.replyToId);
  const answer = found === null ? null : answeredBy(found);
  known.set(post.replyToId, answer);
  return answer;
}

function answeredBy(post: PostView): Answered {
  return { id: post.sortKey, accountId: post.author.sortKey };
}
