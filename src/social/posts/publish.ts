import { NodeError } from "../../lib/errors.ts";
import { idOf, type Random, randomId, sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { articleWords } from "../articles/words.ts";
import { type Choice, listed, written } from "../audiences/choice.ts";
import type { Identity } from "../identity/identity.ts";
import { type FileChoice, setFiles } from "../media/own-files.ts";
import { planFace } from "../people/face.ts";
import { makePoll } from "../polls/make-poll.ts";
import { checkedPoll, type PollDraft } from "../polls/poll.ts";
import type { Quotable } from "../quotes/quotable.ts";
import { askLeave, quotingOf } from "../quotes/quoting.ts";
import { subscriptionRow } from "../subscriptions/queries.ts";
import { keepTags } from "../tags/queries.ts";
import { threadListOf } from "../threads/lists.ts";
import { takesAnswer } from "./answering.ts";
import { audienceOf } from "./audience.ts";
import { insertPost, type PostRow, postRow } from "./queries.ts";
import type { Reach } from "./reach.ts";
import { sendOut } from "./recipients.ts";
import { type Words, wordsOf } from "./words.ts";

/**
 * What the owner wrote. `to`: ids of people it is for; who it mentions is added. `language`: BCP 47.
 * `id`: 32 hex digits drawn when the form was made, so that sending it twice publishes once.
 */
export type Draft = {
  text: string;
  warning?: string;
  language?: string;
  reach: Reach;
  to?: string[];
  /** audiences it is for besides; and audiences and people it is kept from, which wins */
  audiences?: readonly string[];
  without?: readonly string[];
  /** who may answer; not given: whoever sees it */
  answerable?: Choice | null;
  replyToId?: string;
  /** a long post: `text` is Markdown */
  title?: string;
  /** the post that is quoted */
  quoteOfId?: string;
  quotable?: Quotable;
  poll?: PollDraft | null;
  /** may be hidden behind a click; with a warning it always is */
  sensitive?: boolean;
  id?: string;
  /** Added before, in the order they are shown. */
  files?: FileChoice[];
};

/**
 * Publishes a post and leaves a copy for each person who gets it; returns its id. Throws "text-empty",
 * "text-too-long", "reach-not-allowed" (chosen, but nobody named, or wider than what it answers),
 * "person-not-found" (chosen, but gone or blocked), "audience-not-found", "open-to-all", "answers-closed", "poll-not-right", "post-not-found" (what it answers or quotes),
 * "files-too-many", "file-gone", and what articleWords and quotingOf throw.
 */
export async function publish(
  tx: Tx,
  me: Identity,
  draft: Draft,
  now: number,
  random: Random,
): Promise<string> {
  const uri = `${me.origin}/posts/${isWireId(draft.id) ? draft.id : randomId(random)}`;
  const id = idOf(uri);
  if ((await postRow(tx, id))?.own === true) return id;
  const { title = "", warning = "", text, files = [] } = draft;
  const isLong = draft.title !== undefined;
  const words: Words & { title?: string } = isLong
    ? await articleWords(tx, { title, text, warning })
    : await wordsOf(tx, text, warning, { origin: me.origin, withFiles: files.length > 0 });
  if (draft.poll) checkedPoll(draft.poll);
  const answered = await answeredPost(tx, me, draft.replyToId ?? "");
  const { reach, audiences, without, addressed } = await audienceOf(tx, me, {
    reach: draft.reach,
    to: draft.to ?? [],
    audiences: draft.audiences ?? [],
    without: draft.without ?? [],
    mentioned: words.mentionedIds,
    answered,
  });
  const quoting = await quotingOf(tx, me, draft.quoteOfId ?? "", reach);
  const stored = await insertPost(
    tx,
    {
      id,
      uri,
      url: uri,
      sortKey: sortKeyOf(now, id),
      authorId: me.ownerId,
      kind: isLong ? "article" : "note",
      title: words.title ?? "",
      ...quoting.columns,
      quotable: draft.quotable ?? "",
      html: words.html,
      source: words.source,
      warning: words.warning,
      language: languageOf(draft.language ?? ""),
      reach,
      audiences: listed(audiences),
      without: listed(without),
      answerable: draft.answerable ? written(draft.answerable) : "",
      sensitive: draft.sensitive === true || words.warning !== "",
      publishedAt: new Date(now),
      receivedAt: new Date(now),
      replyToId: answered?.id ?? "",
      replyToUri: answered?.uri ?? "",
      contextUri: answered === null ? "" : await threadAddress(tx, answered),
      threadId: answered?.threadId ?? id,
      own: true,
      inHome: true,
    },
    addressed.map(({ id: personId, mention }) => ({ personId, mention })),
  );
  // Sent twice, and deleted in between.
  if (!stored) throw new NodeError("post-not-found", "this id was deleted");
  await keepTags(tx, id, words.tags);
  if (draft.poll) await makePoll(tx, id, draft.poll, now);
  await setFiles(tx, id, files, random);
  await sendOut(tx, me, id, { reach, audiences, without }, addressed, now);
  for (const { id: personId } of addressed) await planFace(tx, personId, now);
  await askLeave(tx, id, quoting, now);
  return id;
}

/** Where the thread that a post is in is listed: at the place of who began it, or where the answered post says. */
async function threadAddress(tx: Tx, answered: PostRow): Promise<string> {
  const first = answered.threadId === answered.id ? answered : await postRow(tx, answered.threadId);
  if (first?.own === true && first.replyToId === "") return threadListOf(first.uri);
  return first?.contextUri || answered.contextUri;
}

async function answeredPost(tx: Tx, me: Identity, id: string): Promise<PostRow | null> {
  if (id === "") return null;
  const row = await postRow(tx, id);
  if (row === null || row.boostOfId !== "") throw new NodeError("post-not-found", "answers nothing known");
  const to = await subscriptionRow(tx, { subscriberId: me.ownerId, personId: row.authorId });
  if (!takesAnswer(row, me.ownerId, to?.state === "accepted")) {
    throw new NodeError("answers-closed", "its author takes no answer from the owner");
  }
  return row;
}

function isWireId(id: string | undefined): id is string {
  return id !== undefined && /^[0-9a-f]{32}$/.test(id);
}

/** BCP 47 as far as it matters; anything else is no language. */
export function languageOf(tag: string): string {
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/.test(tag) ? tag : "";
}
