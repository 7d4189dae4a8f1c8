import { NodeError } from "../../lib/errors.ts";
import { idOf, type Random, randomId, sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { send } from "../send.ts";
import { subscriberIds } from "../subscriptions/queries.ts";
import { addresseesOf, hostsOf, insertDelivery, insertPost, type PostRow, postRow } from "./queries.ts";
import { isReach, narrowed, type Reach } from "./reach.ts";
import { wordsOf } from "./words.ts";

/** What the owner wrote. `to`: ids of people it is for; who it mentions is added. `language`: BCP 47. */
export type Draft = {
  text: string;
  warning?: string;
  language?: string;
  reach: Reach;
  to?: string[];
  replyToId?: string;
};

/**
 * Publishes a post and leaves a job for each person who gets it; returns its id. Throws "text-empty",
 * "text-too-long", "reach-not-allowed" (chosen, but nobody named) or "post-not-found" (what it answers).
 */
export async function publish(tx: Tx, me: Identity, draft: Draft, now: number, random: Random): Promise<string> {
  if (!isReach(draft.reach)) throw new NodeError("reach-not-allowed", "odd reach");
  const words = await wordsOf(tx, draft.text, draft.warning ?? "");
  const answered = await answeredPost(tx, draft.replyToId ?? "");
  const reach = answered === null || !isReach(answered.reach) ? draft.reach : narrowed(draft.reach, answered.reach);
  const circle = answered === null || reach !== "chosen" ? [] : await circleOf(tx, answered);
  const named = new Set([...(draft.to ?? []), ...words.mentionedIds, ...circle]);
  named.delete(me.ownerId);
  if (reach === "chosen" && named.size === 0) throw new NodeError("reach-not-allowed", "nobody chosen");

  const uri = `${me.origin}/posts/${randomId(random)}`;
  const id = idOf(uri);
  const addressees = reach === "me" ? [] : [...named];
  await insertPost(
    tx,
    {
      id,
      uri,
      url: uri,
      sortKey: sortKeyOf(now, id),
      authorId: me.ownerId,
      html: words.html,
      source: words.source,
      warning: words.warning,
      language: draft.language ?? "",
      reach,
      publishedAt: new Date(now),
      receivedAt: new Date(now),
      replyToId: answered?.id ?? "",
      replyToUri: answered?.uri ?? "",
      threadId: answered?.threadId ?? id,
      own: true,
      inHome: true,
    },
    addressees.map((personId) => ({ personId, mention: words.mentionedIds.includes(personId) })),
  );
  await deliver(tx, me, { id, reach, named: addressees, answered }, now);
  return id;
}

async function answeredPost(tx: Tx, id: string): Promise<PostRow | null> {
  if (id === "") return null;
  const row = await postRow(tx, id);
  if (row === null) throw new NodeError("post-not-found", "answers nothing known");
  return row;
}

/** An answer to a narrow post goes to its author and to whoever it names. */
async function circleOf(tx: Tx, answered: PostRow): Promise<string[]> {
  const named = await addresseesOf(tx, [answered.id]);
  return [answered.authorId, ...named.map(({ personId }) => personId)];
}

type Sent = { id: string; reach: Reach; named: string[]; answered: PostRow | null };

async function deliver(tx: Tx, me: Identity, { id, reach, named, answered }: Sent, now: number): Promise<void> {
  if (reach === "me") return;
  const wide = reach === "chosen" ? [] : await subscriberIds(tx, me.ownerId);
  const others = answered === null ? named : [...named, answered.authorId];
  const direct = await hostsOf(tx, [...new Set(others)]);
  const recipients = new Map([...wide, ...direct].map((one) => [one.id, one.host]));
  recipients.delete(me.ownerId);
  for (const [personId, host] of recipients) {
    await insertDelivery(tx, id, personId, now);
    await send(tx, host, { kind: "post", about: { postId: id, personId } }, now);
  }
}
