import { NodeError } from "../../lib/errors.ts";
import { NOT_AGREED } from "../../social/messages/elsewhere/agree.ts";
import { mailNote, openNote } from "../../social/messages/elsewhere/write-note.ts";
import { letterArrived, letterGivenUp } from "../../social/messages/letters/arrived.ts";
import { holdLetters, type LetterRow } from "../../social/messages/letters/queries.ts";
import { saidIn } from "../../social/messages/letters/said.ts";
import {
  changeMessage,
  conversationRow,
  type MessageRow,
  messageRow,
} from "../../social/messages/queries.ts";
import { waysTo } from "../../social/messages/way.ts";
import { isDone, type JobOutcome } from "../../store/jobs.ts";
import type { Parts } from "../parts.ts";
import { type DirectNote, directActivity, type To } from "../translate/direct.ts";
import { toWire } from "../wire.ts";
import { deleteActivity } from "./activities.ts";
import { keyElsewhere } from "./key-elsewhere.ts";

export type Sending = { letter: LetterRow; message: MessageRow; person: To & { inbox: string } };

/**
 * Sends a message to somebody elsewhere: sealed wherever a key of theirs is known or found now, and open only as long as the owner
 * agrees to that in this conversation. "letter": their device understands our letters by now, and gets one.
 */
export async function sendNote(
  parts: Parts,
  { letter, message, person }: Sending,
  signal: AbortSignal,
): Promise<JobOutcome | "letter"> {
  const { store, at } = parts;
  const arrived = (outcome: JobOutcome): JobOutcome =>
    isDone(outcome) ? { done: (tx) => letterArrived(tx, letter.id) } : outcome;
  if (letter.kind === "delete") {
    const deletion = await toWire(deleteActivity(at, message.uri, person.uri));
    return arrived(await parts.deliver(person.inbox, deletion, signal));
  }
  const key = await keyNow(parts, letter.personId, signal);
  if (typeof key === "object") return key;
  if (key === "friendly") {
    await store.transact((tx) => changeMessage(tx, message.id, { form: "letter", uri: "" }));
    return "letter";
  }
  // What is held is not on its way any more: it goes by jobs of its own, once the owner has looked.
  if (key === "changed") return "done";
  const note = await noteNow(parts, { letter, message, person }, key);
  if (note === "nothing") return arrived("done");
  if (note === "no-key") return { done: (tx) => holdLetters(tx, letter.personId, "no-key") };
  if (note === "not-agreed") return { done: (tx) => letterGivenUp(tx, letter.id, NOT_AGREED) };
  return arrived(await parts.deliver(person.inbox, directActivity(at, person, note), signal));
}

async function keyNow(parts: Parts, personId: string, signal: AbortSignal) {
  try {
    return await keyElsewhere(parts, personId, signal);
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    return error.code === "clearnet-refused" ? { stop: error.code } : { retry: error.code };
  }
}

/** The post as it goes out at this moment. A message that was to be sealed never goes open. */
async function noteNow(
  { store, now }: Parts,
  { letter, message }: Sending,
  key: "used" | "none",
): Promise<DirectNote | "nothing" | "no-key" | "not-agreed"> {
  const said = await saidIn(store.read, letter);
  if (said?.kind !== "text") return "nothing";
  const { personId } = letter;
  const { id, uri } = message;
  if (key === "used") {
    const html = await mailNote(store.read, { personId, text: said.text }, now());
    if (html === null) return "no-key";
    if (message.form === "open") await store.transact((tx) => changeMessage(tx, id, { form: "mail" }));
    return { uri, html, answers: "", publishedAt: now() };
  }
  if (message.form !== "open") return "no-key";
  // Looked at as late as can be: a key may be named that could not be read now, and the owner may have taken it back.
  if ((await waysTo(store.read, [personId])).get(personId) !== "open") return "no-key";
  if ((await conversationRow(store.read, personId))?.open !== true) return "not-agreed";
  const answered = said.replyTo === "" ? null : await messageRow(store.read, said.replyTo);
  return {
    uri,
    html: openNote(said.text),
    answers: answered?.form === "open" ? answered.uri : "",
    publishedAt: message.at.getTime(),
  };
}
