import { idOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { setForeignFiles } from "../media/foreign-files.ts";
import { changeQuote } from "../quotes/receive-quote.ts";
import { subscriptionRow } from "../subscriptions/queries.ts";
import type { PostCard } from "./post.ts";
import { keepRevision, postRow, updatePost } from "./queries.ts";
import { content, keepParts, timeUpTo } from "./receive-post.ts";

/** Its author changed what a post says. Who sees it stays as it was first said. False: not here, or not theirs. */
export async function changePost(tx: Tx, me: Identity, card: PostCard, now: number): Promise<boolean> {
  const id = idOf(card.uri);
  const row = await postRow(tx, id);
  if (row === null || row.authorId !== card.authorId || row.authorId === me.ownerId) return false;
  const editedAt = timeUpTo(card.editedAt, now) || now;
  // Overtaken by a later change.
  if (editedAt < row.editedAt.getTime()) return true;
  await changeQuote(tx, me, row, card);
  const said = content(card);
  const isSame = said.html === row.html && said.warning === row.warning && said.title === row.title;
  const ahead = (await subscriptionRow(tx, { subscriberId: me.ownerId, personId: row.authorId }))?.state;
  const files = { ahead: ahead === "accepted", said: row.publishedAt.getTime(), now };
  const otherFiles = await setForeignFiles(tx, id, card.files ?? [], files);
  if (isSame && !otherFiles) {
    // New counts of a poll, another language, others who may answer: nothing that was said is lost.
    await keepParts(tx, me, card, now);
    const { language, sensitive, repliesUri, contextUri, answerable } = said;
    await updatePost(tx, id, { language, sensitive, repliesUri, contextUri, answerable });
    return true;
  }
  await keepRevision(tx, row, now);
  await keepParts(tx, me, card, now);
  await updatePost(tx, id, { ...said, editedAt: new Date(editedAt) });
  return true;
}
