import { sortKeyOf } from "../../../lib/ids.ts";
import type { Tx } from "../../../store/tx.ts";
import { cleanParagraphs, linesOf } from "../../html.ts";
import type { Identity } from "../../identity/identity.ts";
import { LETTER_LIMITS, messageIdOf } from "../letter.ts";
import { keepSealed, mayWrite } from "../letters/keep-sealed.ts";
import { changeMessage, changeRow, type MessageRow, messageRow, putChange } from "../queries.ts";
import { wipe } from "../remove.ts";
import { armourIn } from "./armour.ts";
import { putArrived } from "./place.ts";
import { dropUnopenedAt, isUnopened, messageAt } from "./queries.ts";

/** A post for the owner alone, by `from` (an actor id). Times in milliseconds; `editedAt` 0: never. */
export type Note = {
  personId: string;
  from: string;
  uri: string;
  html: string;
  warning: string;
  answers: string;
  writtenAt: number;
  editedAt: number;
};

/** Somebody elsewhere wrote to the owner alone. Sealed words are opened later by a job, so that no answer tells whether they could be. */
export async function receiveNote(tx: Tx, me: Identity, note: Note, now: number): Promise<void> {
  const { personId, from, uri, writtenAt } = note;
  const sealed = armourIn(linesOf(note.html));
  if (sealed !== null) {
    await dropUnopenedAt(tx, personId, uri);
    return keepSealed(tx, me, { id: sealedId(note), personId, sealed, at: now, uri, writtenAt }, now);
  }
  if (!(await mayWrite(tx, me, personId))) return;
  const text = wordsIn(note, me);
  if (text === "") return;
  const answered = await messageAt(tx, personId, note.answers);
  const arriving = { personId, uri, writtenAt, id: messageIdOf(from, uri), arrivedAt: now };
  await putArrived(tx, arriving, { text, form: "open", replyToId: answered?.id ?? "" });
}

/** Whether a post of theirs is a message here, or waits to be opened as one. */
export async function isMessage(
  tx: Tx,
  { personId, from, uri }: Pick<Note, "personId" | "from" | "uri">,
): Promise<boolean> {
  return (await theirs(tx, { personId, from, uri })) !== null || isUnopened(tx, personId, uri);
}

async function theirs(
  tx: Tx,
  { personId, from, uri }: Pick<Note, "personId" | "from" | "uri">,
): Promise<MessageRow | null> {
  const row = await messageRow(tx, messageIdOf(from, uri));
  return row === null || row.own || row.personId !== personId ? null : row;
}

/** Its author changed it. What was sealed does not become open so, for then others would have had their hands on it. */
export async function changeNote(tx: Tx, me: Identity, note: Note, now: number): Promise<void> {
  const row = await theirs(tx, note);
  if (row !== null && (await isTakenBack(tx, row))) return;
  if (armourIn(linesOf(note.html)) !== null) return receiveNote(tx, me, note, now);
  // What is sealed and waits to be opened is the last word until it was.
  if (await isUnopened(tx, note.personId, note.uri)) return;
  const text = wordsIn(note, me);
  if (row === null || row.form !== "open" || text === "" || text === row.text) return;
  await putEdit(tx, row, { text, at: note.editedAt || now });
}

/** The last word counts. */
export async function putEdit(
  tx: Tx,
  row: MessageRow,
  { text, at }: { text: string; at: number },
): Promise<void> {
  const key = { messageId: row.id, own: false, kind: "edit", emoji: "" };
  const before = await changeRow(tx, key);
  if (before !== null && before.at.getTime() > at) return;
  const data = { personId: row.personId, text, on: true, at: new Date(at), letterId: sortKeyOf(at, row.id) };
  await putChange(tx, key, data);
  // What it said before is nowhere any more.
  await changeMessage(tx, row.id, { text });
}

/** Its author deleted it. False: it is no message here. */
export async function takeBackNote(
  tx: Tx,
  note: { personId: string; from: string; uri: string },
  now: number,
): Promise<boolean> {
  const { personId, uri } = note;
  const waited = await dropUnopenedAt(tx, personId, uri);
  const row = await theirs(tx, note);
  if (row === null) return waited;
  await wipe(tx, row.id);
  const data = { personId, text: "", on: true, at: new Date(now), letterId: "" };
  await putChange(tx, { messageId: row.id, own: false, kind: "delete", emoji: "" }, data);
  return true;
}

export async function isTakenBack(tx: Tx, { id }: MessageRow): Promise<boolean> {
  return (await changeRow(tx, { messageId: id, own: false, kind: "delete", emoji: "" })) !== null;
}

const sealedId = ({ from, uri, editedAt }: Note) => messageIdOf(from, `${uri} ${editedAt}`);

/** Their words as text, with what they warn of before them, and without the owner's own name at the beginning. */
function wordsIn({ html, warning }: Note, { handle }: Identity): string {
  const lines = linesOf(html)
    .replace(/^\s*@([\p{L}\p{N}_.-]+)(?:@[\p{L}\p{N}.:-]+)?\s*/u, (whole, name: string) =>
      name.toLowerCase() === handle.toLowerCase() ? "" : whole,
    )
    .trim();
  const all = [warning, lines].filter((part) => part !== "").join("\n\n");
  return cleanParagraphs(all, LETTER_LIMITS.text);
}
