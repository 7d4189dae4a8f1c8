import { sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { emojiOf } from "../reactions/emoji.ts";
import { takeFiles } from "./files/take.ts";
import { usedKey } from "./keys/trust.ts";
import { receiveVouch } from "./keys/vouch.ts";
import { type Letter, messageIdOf, type Said } from "./letter.ts";
import { markTaken } from "./letters/queries.ts";
import { goesAt } from "./mark-read.ts";
import {
  type ChangeRow,
  changeConversation,
  changeMessage,
  changeRow,
  changesOf,
  conversationRow,
  insertMessage,
  messageRow,
  putChange,
  raiseConversation,
} from "./queries.ts";
import { wipe } from "./remove.ts";
import { tellTimer } from "./set-timer.ts";
import { receiveTogether } from "./together/receive.ts";

/** Emoji of one person that a message has room for. */
const MOST_EMOJI = 20;
/** Clocks differ; what is further off than this says nothing about when it was written. Milliseconds. */
const ODD = 60 * 60_000;

/** `signedBy`: fingerprint. `signedAt`, `arrivedAt`: milliseconds. */
export type Coming = { personId: string; signedBy: string; signedAt: number; arrivedAt: number };

/**
 * Takes in what somebody said, in whatever order it comes. The letter is theirs and for the owner: that was looked at. False: it was
 * taken in before.
 */
export async function receiveLetter(tx: Tx, letter: Letter, coming: Coming): Promise<boolean> {
  const { personId, arrivedAt } = coming;
  if (!(await markTaken(tx, messageIdOf(letter.from, letter.id), arrivedAt))) return false;
  // A letter is signed when it goes out, so it cannot have been signed long before it came.
  const oddTime = Math.abs(coming.signedAt - arrivedAt) > ODD || letter.published > arrivedAt + ODD;
  const at = oddTime ? arrivedAt : letter.published;
  const clock = (await conversationRow(tx, personId))?.clock.getTime() ?? 0;
  await changeConversation(tx, personId, { clock: new Date(Math.max(clock, at)) });
  await take(tx, letter, { ...coming, oddTime, at });
  return true;
}

type Signed = Coming & { oddTime: boolean; at: number };
/** `unsure`: by a key that their address names and the owner has not looked at. */
type Placed = Signed & { unsure: boolean };

/** Of a key that the owner has not looked at: its words, marked, and what leads to looking. It has no hand on what others signed. */
const UNSURE: readonly Said["kind"][] = ["text", "edit", "delete", "together"];

async function take(tx: Tx, letter: Letter, signed: Signed): Promise<void> {
  const { content } = letter;
  const { personId, arrivedAt } = signed;
  const used = await usedKey(tx, personId);
  const placed = { ...signed, unsure: used !== null && used.fingerprint !== signed.signedBy };
  if (placed.unsure && !UNSURE.includes(content.kind)) return;
  const id = messageIdOf(letter.from, letter.id);
  switch (content.kind) {
    case "text":
      return takeText(tx, id, content, placed);
    case "edit":
    case "delete":
    case "react":
      return takeChange(tx, letter.id, content, placed);
    case "read":
      for (const of of content.of) {
        const row = await messageRow(tx, of);
        if (row === null || !row.own || row.personId !== personId || row.readAt.getTime() > 0) continue;
        await changeMessage(tx, of, { readAt: new Date(placed.at), ...goesAt(row.vanish, arrivedAt) });
      }
      return;
    case "together":
      return receiveTogether(tx, content, placed);
    case "vouch":
      return receiveVouch(tx, content, placed);
    case "timer":
      return takeTimer(tx, { id, letterId: letter.id, seconds: content.seconds }, placed);
  }
}

async function takeText(
  tx: Tx,
  id: string,
  said: Extract<Said, { kind: "text" }>,
  { personId, at, oddTime, arrivedAt, signedBy, unsure }: Placed,
): Promise<void> {
  const key = { messageId: id, own: false, emoji: "" };
  const gone = await changeRow(tx, { ...key, kind: "delete" });
  const edit = await changeRow(tx, { ...key, kind: "edit" });
  await insertMessage(tx, {
    ...{ id, personId, own: false, oddTime, signedBy, vanish: said.vanish, why: unsure ? "other" : "" },
    text: gone === null ? (edit?.text ?? said.text) : "",
    replyToId: said.replyTo,
    sortKey: sortKeyOf(at, id),
    at: new Date(at),
    receivedAt: new Date(arrivedAt),
  });
  if (gone === null) await takeFiles(tx, { messageId: id, personId, now: arrivedAt }, said.files ?? []);
  await raiseConversation(tx, personId, at);
}

/** The last word counts; whoever wrote a message changes it, and both may give it an emoji. */
async function takeChange(
  tx: Tx,
  letterId: string,
  said: Extract<Said, { kind: "edit" | "delete" | "react" }>,
  { personId, at, signedBy, unsure }: Placed,
): Promise<void> {
  const row = await messageRow(tx, said.of);
  if (row !== null && (row.personId !== personId || (said.kind !== "react" && row.own))) return;
  if (unsure && row?.signedBy !== signedBy) return;
  // What came as a post is changed as one.
  if (row !== null && said.kind !== "react" && row.form !== "letter") return;
  const emoji = said.kind === "react" ? emojiOf(said.emoji) : "";
  if (emoji === null || emoji.startsWith(":")) return;
  const key = { messageId: said.of, own: false, kind: said.kind, emoji };
  const before = await changeRow(tx, key);
  if (before !== null && !isLater({ at, letterId }, before)) return;
  // Nothing comes after the words are gone.
  if (said.kind !== "delete" && (await isWiped(tx, said.of))) return;
  if (said.kind === "react" && before === null && (await countEmoji(tx, said.of)) >= MOST_EMOJI) return;
  await putChange(tx, key, {
    ...{ personId, letterId, at: new Date(at) },
    text: said.kind === "edit" ? said.text : "",
    on: said.kind === "react" ? said.on : true,
  });
  // What it said before is nowhere any more.
  if (said.kind === "edit" && row !== null) await changeMessage(tx, said.of, { text: said.text });
  if (said.kind === "delete") await wipe(tx, said.of);
}

async function isWiped(tx: Tx, messageId: string): Promise<boolean> {
  return (await changesOf(tx, [messageId])).some(({ kind }) => kind === "delete");
}

const isLater = (one: { at: number; letterId: string }, other: ChangeRow) =>
  one.at > other.at.getTime() || (one.at === other.at.getTime() && one.letterId > other.letterId);

async function countEmoji(tx: Tx, messageId: string): Promise<number> {
  const rows = await changesOf(tx, [messageId]);
  return rows.filter(({ kind, own }) => kind === "react" && !own).length;
}

async function takeTimer(
  tx: Tx,
  { id, letterId, seconds }: { id: string; letterId: string; seconds: number },
  { personId, at, arrivedAt }: Placed,
): Promise<void> {
  const row = await conversationRow(tx, personId);
  await tellTimer(tx, { personId, own: false, id, at, seconds }, arrivedAt);
  const last = { at: row?.timerAt.getTime() ?? 0, id: row?.timerId ?? "" };
  if (at < last.at || (at === last.at && letterId < last.id)) return;
  await changeConversation(tx, personId, { timer: seconds, timerAt: new Date(at), timerId: letterId });
}
