import { idOf, sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { sanitizeHtml } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { addNotice } from "../notices/add-notice.ts";
import { isBlockedId } from "../people/queries.ts";
import { subscriptionRow } from "../subscriptions/queries.ts";
import { LONGEST_WARNING } from "./limits.ts";
import type { PostCard } from "./post.ts";
import { adopt, insertPost, postRow } from "./queries.ts";

/**
 * Keeps a post of somebody else. known: it is here and stays as it is. ignored: its author is blocked. Whether it
 * concerns the owner at all is asked before.
 */
export async function receivePost(
  tx: Tx,
  me: Identity,
  card: PostCard,
  now: number,
): Promise<"stored" | "known" | "ignored"> {
  const id = idOf(card.uri);
  if ((await postRow(tx, id)) !== null) return "known";
  if (card.authorId === me.ownerId || (await isBlockedId(tx, card.authorId))) return "ignored";
  const parent = card.replyToUri === "" ? null : await postRow(tx, idOf(card.replyToUri));
  const toOwner = card.to.includes(me.ownerId) || card.mentions.includes(me.ownerId);
  const subscription = await subscriptionRow(tx, { subscriberId: me.ownerId, personId: card.authorId });
  // A clock that runs ahead must not keep a post on top for ever.
  const publishedAt = Math.min(card.publishedAt, now);
  const threadId = parent?.threadId ?? id;
  await insertPost(
    tx,
    {
      id,
      uri: card.uri,
      sortKey: sortKeyOf(publishedAt, id),
      authorId: card.authorId,
      ...content(card),
      kind: card.kind,
      url: card.url,
      reach: card.reach,
      publishedAt: new Date(publishedAt),
      editedAt: new Date(card.editedAt),
      receivedAt: new Date(now),
      replyToUri: card.replyToUri,
      replyToId: card.replyToUri === "" ? "" : idOf(card.replyToUri),
      threadId,
      inHome: toOwner || subscription?.state === "accepted",
    },
    [...new Set([...card.to, ...card.mentions])].map((personId) => ({
      personId,
      mention: card.mentions.includes(personId),
    })),
  );
  await adopt(tx, id, threadId);
  const answersOwner = parent?.authorId === me.ownerId;
  if (answersOwner) await addNotice(tx, { kind: "reply", personId: card.authorId, postId: id }, now);
  else if (toOwner) await addNotice(tx, { kind: "mention", personId: card.authorId, postId: id }, now);
  return "stored";
}

/** What a post says, made safe: the same for a new post and a changed one. */
export function content(card: PostCard) {
  return {
    html: sanitizeHtml(card.html),
    title: card.title.slice(0, 500),
    warning: card.warning.slice(0, LONGEST_WARNING * 5),
    language: card.language.slice(0, 35),
  };
}
