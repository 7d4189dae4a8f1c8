import { idOf, sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { may } from "../access.ts";
import { written } from "../audiences/choice.ts";
import { keepEmojis } from "../emojis/keep-emojis.ts";
import { isStranger } from "../gate/gate.ts";
import { hasTies } from "../gate/queries.ts";
import { cleanAddress, cleanLine, sanitizeHtml } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { setForeignFiles } from "../media/foreign-files.ts";
import { addNotice } from "../notices/add-notice.ts";
import { isWelcomeId } from "../people/queries.ts";
import { keepPoll } from "../polls/keep-poll.ts";
import { isQuoteTold, receivedQuote } from "../quotes/receive-quote.ts";
import { subscriptionRow } from "../subscriptions/queries.ts";
import { keepTags } from "../tags/queries.ts";
import { distinctTags } from "../tags/tags.ts";
import { viewerOf } from "../viewer.ts";
import { LONGEST_FOREIGN_WARNING, LONGEST_TITLE, MOST_NAMED } from "./limits.ts";
import type { PostCard } from "./post.ts";
import { languageOf } from "./publish.ts";
import { adopt, hasReply, insertPost, type PostRow, postRow, updatePost } from "./queries.ts";
import { thingOf } from "./thing.ts";

/**
 * How a post came. arrived: its author sent it. beside: it was read because a post that is here answers it. sought: the
 * owner asked for it by its address. answer: it was named among the answers in a thread
 * the owner asked about, so it belongs there and nowhere else: on the timeline only when its author is subscribed to,
 * and never a notice, for that would be a way around the gate. What was read of somebody at or before the gate, instead of
 * having come, is quiet for the same reason. passed: whoever began a narrow thread passed it on; those the thread is for answer
 * one another there, though each may send to its beginner only.
 */
export type Coming = "arrived" | "beside" | "sought" | "answer" | "passed";

/**
 * Keeps a post of somebody else. known: it is here, and what it says stays as it is. ignored: its author is blocked, it was here and
 * was deleted, or it does not concern the owner: nobody can fill this node with what it did not ask for.
 */
export async function receivePost(
  tx: Tx,
  me: Identity,
  card: PostCard,
  now: number,
  coming: Coming = "arrived",
): Promise<"stored" | "known" | "ignored"> {
  const id = idOf(card.uri);
  const before = await postRow(tx, id);
  if (before !== null) {
    if (coming === "arrived") await alsoDelivered(tx, me, before, card, now);
    return "known";
  }
  if (card.authorId === me.ownerId || !(await isWelcomeId(tx, card.authorId))) return "ignored";
  const ties = await tiesOf(tx, me, card, coming);
  if ((coming === "arrived" || coming === "beside") && !ties.concernsOwner) return "ignored";
  if ((coming === "answer" || coming === "passed") && ties.unfit) return "ignored";
  // Whose answer is not wanted there does not get it in as a mention either.
  if (ties.closed && ties.subscribed !== "accepted") return "ignored";
  const told = coming === "arrived" || coming === "passed";
  const quiet = coming === "answer" || (!told && (await isUnasked(tx, me, card, ties)));

  // A clock that runs ahead must not keep a post on top for ever.
  const publishedAt = timeUpTo(card.publishedAt, now) || now;
  const threadId = ties.parent?.threadId ?? id;
  const stored = await insertPost(
    tx,
    {
      id,
      uri: card.uri,
      sortKey: sortKeyOf(publishedAt, id),
      authorId: card.authorId,
      ...content(card),
      ...(await receivedQuote(tx, me, card)),
      kind: card.kind === "article" ? "article" : "note",
      reach: card.reach,
      publishedAt: new Date(publishedAt),
      editedAt: new Date(timeUpTo(card.editedAt, now)),
      receivedAt: new Date(now),
      replyToUri: ties.replyToUri,
      replyToId: ties.replyToUri === "" ? "" : idOf(ties.replyToUri),
      threadId,
      inHome: (ties.toOwner && !quiet) || ties.subscribed === "accepted",
    },
    addresseesOf(card),
  );
  if (!stored) return "ignored";
  await keepParts(tx, me, card, now);
  await setForeignFiles(tx, id, card.files ?? [], {
    ahead: ties.subscribed === "accepted",
    said: publishedAt,
    now,
  });
  await adopt(tx, id, threadId);
  const kind = quiet ? null : await kindOfNotice(tx, card, ties);
  if (kind !== null) await addNotice(tx, { kind, personId: card.authorId, postId: id }, now);
  return "stored";
}

/** Somebody at or before the gate speaks to the owner. */
async function isUnasked(tx: Tx, me: Identity, card: PostCard, ties: Ties): Promise<boolean> {
  const speaks = ties.toOwner || ties.answersOwner || ties.quotesOwner;
  return speaks && (await isStranger(tx, me, card.authorId));
}

/** It was found in a thread before its author delivered it: what it has to do with the owner is seen to now. */
async function alsoDelivered(tx: Tx, me: Identity, row: PostRow, card: PostCard, now: number): Promise<void> {
  const { authorId } = card;
  if (row.own || row.authorId !== authorId || !(await isWelcomeId(tx, authorId))) return;
  if (await isStranger(tx, me, authorId)) return;
  const ties = await tiesOf(tx, me, card, "arrived");
  if (!row.inHome && (ties.toOwner || ties.subscribed === "accepted"))
    await updatePost(tx, row.id, { inHome: true });
  const kind = await kindOfNotice(tx, card, ties);
  if (kind !== null) await addNotice(tx, { kind, personId: authorId, postId: row.id }, now);
}

async function kindOfNotice(
  tx: Tx,
  card: PostCard,
  ties: Ties,
): Promise<"reply" | "mention" | "quote" | null> {
  if (ties.answersOwner) return "reply";
  if (ties.toOwner) return "mention";
  return ties.quotesOwner && (await isQuoteTold(tx, card)) ? "quote" : null;
}

/** What hangs on a post besides its words: the same for a new post and a changed one. */
export async function keepParts(tx: Tx, me: Identity, card: PostCard, now: number): Promise<void> {
  const id = idOf(card.uri);
  await keepTags(tx, id, distinctTags(card.tags ?? []));
  if (card.poll) await keepPoll(tx, id, card.poll);
  const tied = await hasTies(tx, me.ownerId, card.authorId);
  await keepEmojis(tx, me, URL.parse(card.uri)?.host ?? "", card.emojis ?? [], tied, now);
}

type Ties = {
  parent: PostRow | null;
  replyToUri: string;
  toOwner: boolean;
  answersOwner: boolean;
  /** Answers an own post that its author may not see or answer. */
  unfit: boolean;
  /** Answers an own post that its author may see, but not answer. */
  closed: boolean;
  /** Quotes a post of the owner's that its author may see. */
  quotesOwner: boolean;
  subscribed: string;
  concernsOwner: boolean;
};

/** What a post has to do with the owner. Who may not see an own post cannot answer it either. */
async function tiesOf(tx: Tx, me: Identity, card: PostCard, coming: Coming): Promise<Ties> {
  const parent = card.replyToUri === "" ? null : await postRow(tx, idOf(card.replyToUri));
  // Those a narrow thread is for may answer one another, unless somebody wants no answers.
  const mayAnswer = async (post: PostRow) =>
    (coming === "passed" && post.answerable === "") || (await mayOf(tx, me, "reply", post, card.authorId));
  const answersOwner = parent?.own === true && (await mayAnswer(parent));
  const unfit = parent?.own === true && !answersOwner;
  const closed = unfit && (await mayOf(tx, me, "see", parent, card.authorId));
  const named = card.to.includes(me.ownerId) || card.mentions.includes(me.ownerId);
  const toOwner = named && !closed;
  const quotesOwner = await isQuoteOfOwn(tx, me, card);
  const row = await subscriptionRow(tx, { subscriberId: me.ownerId, personId: card.authorId });
  const subscribed = row?.state ?? "";
  const wanted = subscribed === "asked" || subscribed === "accepted";
  return {
    parent: unfit ? null : parent,
    replyToUri: unfit ? "" : card.replyToUri,
    toOwner,
    answersOwner,
    unfit,
    closed,
    quotesOwner,
    subscribed,
    concernsOwner: wanted || toOwner || answersOwner || quotesOwner || (await hasReply(tx, idOf(card.uri))),
  };
}

async function mayOf(
  tx: Tx,
  me: Identity,
  verb: "see" | "reply",
  post: PostRow,
  authorId: string,
): Promise<boolean> {
  return may(await viewerOf(tx, me.ownerId, authorId), verb, await thingOf(tx, post));
}

async function isQuoteOfOwn(tx: Tx, me: Identity, card: PostCard): Promise<boolean> {
  const quoted = (card.quoteUri ?? "") === "" ? null : await postRow(tx, idOf(card.quoteUri ?? ""));
  return quoted?.own === true && (await mayOf(tx, me, "see", quoted, card.authorId));
}

function addresseesOf(card: PostCard): { personId: string; mention: boolean }[] {
  const ids = [...new Set([...card.to, ...card.mentions])].slice(0, MOST_NAMED * 2);
  return ids.map((personId) => ({ personId, mention: card.mentions.includes(personId) }));
}

export function timeUpTo(time: number, now: number): number {
  return Number.isFinite(time) ? Math.min(Math.max(0, Math.trunc(time)), now) : 0;
}

/** What a post says, made safe: the same for a new post and a changed one. */
export function content(card: PostCard) {
  return {
    html: sanitizeHtml(card.html),
    title: cleanLine(card.title, LONGEST_TITLE),
    warning: cleanLine(card.warning, LONGEST_FOREIGN_WARNING),
    language: languageOf(card.language),
    url: cleanAddress(card.url),
    repliesUri: card.repliesUri ?? "",
    contextUri: card.contextUri ?? "",
    answerable: card.answerable ? written(card.answerable) : "",
    sensitive: card.sensitive === true || card.warning !== "",
  };
}
