import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { articleWords } from "../articles/words.ts";
import { deliver, sendCopies } from "../deliveries/deliver.ts";
import { deliveriesOf, queuedCopies } from "../deliveries/queries.ts";
import type { Identity } from "../identity/identity.ts";
import { type FileChoice, setFiles } from "../media/own-files.ts";
import { attachmentsOf } from "../media/queries.ts";
import { changePoll } from "../polls/make-poll.ts";
import type { PollDraft } from "../polls/poll.ts";
import { pollRow } from "../polls/queries.ts";
import { keepTags } from "../tags/queries.ts";
import { whoMaySee } from "./audience.ts";
import { languageOf } from "./publish.ts";
import { addAddressees, keepRevision, type PostRow, postRow, reachable, updatePost } from "./queries.ts";
import { isOpen, reachOf } from "./reach.ts";
import { type Words, wordsOf } from "./words.ts";

/** What may be changed besides the words; what is not given stays. Other options of a poll end its votes so far. */
export type EditExtra = { language?: string; sensitive?: boolean; poll?: PollDraft; files?: FileChoice[] };

/**
 * Changes what an own post says; who sees it stays. Goes to everybody who has it and still may see it; who waits for
 * it gets the new words anyway. Whom an open post names anew gets a copy; a narrow one only names them.
 * `files`: all it carries from now on; not given: as before.
 */
export async function edit(
  tx: Tx,
  me: Identity,
  postId: string,
  text: string,
  warning: string,
  now: number,
  extra: EditExtra = {},
): Promise<void> {
  const row = await postRow(tx, postId);
  if (row === null || !row.own || row.boostOfId !== "") throw new NodeError("post-not-found", "no own post");
  const kept = extra.files ?? (await attachmentsOf(tx, [postId]));
  const isLong = row.kind === "article";
  const words = isLong
    ? await articleWords(tx, { title: row.title, text, warning })
    : await wordsOf(tx, text, warning, { origin: me.origin, withFiles: kept.length > 0 });
  await rewrite(tx, me, row, words, now, extra);
}

/** The same for words that are checked and rendered already. */
export async function rewrite(
  tx: Tx,
  me: Identity,
  row: PostRow,
  words: Words & { title?: string },
  now: number,
  extra: EditExtra = {},
): Promise<void> {
  const { html, source, warning, title = row.title } = words;
  const postId = row.id;
  const language = extra.language === undefined ? row.language : languageOf(extra.language);
  const sensitive = (extra.sensitive ?? (row.sensitive && row.warning === "")) || warning !== "";
  const asked = extra.poll !== undefined && (await pollRow(tx, postId)) !== null;
  const newPoll = asked && extra.poll !== undefined && (await changePoll(tx, postId, extra.poll, now));
  const otherFiles = extra.files !== undefined && (await setFiles(tx, postId, extra.files));
  const same = source === row.source && warning === row.warning && title === row.title;
  const sameParts = language === row.language && sensitive === row.sensitive && !newPoll && !otherFiles;
  if (same && sameParts) return;
  await keepRevision(tx, row, now);
  // Later than the change before, so that nobody takes it for an older one.
  const editedAt = new Date(Math.max(now, row.editedAt.getTime() + 1));
  await updatePost(tx, postId, { html, source, warning, title, language, sensitive, editedAt });
  await keepTags(tx, postId, words.tags);
  const before = await deliveriesOf(tx, postId);
  await tellHolders(tx, me, row, now);
  if (!isOpen(reachOf(row.reach))) return;
  const has = new Set([me.ownerId, ...before.map(({ personId }) => personId)]);
  const named = await addAddressees(
    tx,
    postId,
    words.mentionedIds.filter((id) => id !== me.ownerId),
  );
  await deliver(
    tx,
    postId,
    await reachable(
      tx,
      named.filter((id) => !has.has(id)),
    ),
    now,
  );
}

/** Everybody who has an own post and still may see it gets it as it is now. */
export async function tellHolders(tx: Tx, me: Identity, row: PostRow, now: number): Promise<void> {
  const deliveries = await deliveriesOf(tx, row.id);
  const queued = new Set((await queuedCopies(tx, row.id)).map(({ about }) => about["personId"]));
  const holders = deliveries
    .filter(({ personId, state }) => state === "delivered" && !queued.has(personId))
    .map(({ personId }) => personId);
  await sendCopies(tx, row.id, await reachable(tx, await whoMaySee(tx, me, row, holders)), now);
}
