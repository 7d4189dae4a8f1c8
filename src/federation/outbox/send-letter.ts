import { NodeError } from "../../lib/errors.ts";
import { idOf } from "../../lib/ids.ts";
import { usedKey } from "../../social/messages/keys/trust.ts";
import { letterArrived } from "../../social/messages/letters/arrived.ts";
import { holdLetters, letterRow } from "../../social/messages/letters/queries.ts";
import { sealLetter } from "../../social/messages/letters/seal-letter.ts";
import { messageRow } from "../../social/messages/queries.ts";
import { readDetail } from "../../social/messages/together/detail.ts";
import { isDone, type JobHandler, type JobOutcome } from "../../store/jobs.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import type { Parts } from "../parts.ts";
import { contactOf, isBlocked } from "../queries.ts";
import { withInvitation } from "../translate/invitation.ts";
import { letterActivity } from "../translate/letter.ts";
import { learnKeyNow } from "./key-now.ts";
import { sendNote } from "./send-note.ts";

/**
 * Seals a letter and sends it, to the key that their address names at this moment: what waited for weeks is never sealed to a
 * key that has died meanwhile. A key that is not the known one stops everything to them.
 */
export function sendLetter(parts: Parts): JobHandler {
  const { store, identity: me, at } = parts;
  return async (job, signal) => {
    const { letterId = "", personId = "" } = job.about;
    const person = await contactOf(store.read, personId);
    if (person === null) return { stop: "person is gone" };
    if (await isBlocked(store.read, person.uri)) return { stop: "blocked" };
    const letter = await letterRow(store.read, letterId);
    if (letter === null || letter.held !== "") return "done";
    const message = letter.messageId === "" ? null : await messageRow(store.read, letter.messageId);
    if (message?.own && message.form !== "letter") {
      const outcome = await sendNote(parts, { letter, message, person }, signal);
      if (outcome !== "letter") return outcome;
    }
    const known = await keyNow(parts, personId, signal);
    if (known !== "used") return known;
    const sealed = await sealLetter(store.read, me, letter, person.uri, parts.now());
    if (sealed === "nothing") return { done: (tx) => letterArrived(tx, letterId) };
    if (sealed === "no-key") return { done: (tx) => holdLetters(tx, personId, "no-key") };
    const letterOnly = letterActivity(at, idOf("letter", letterId), person.uri, sealed);
    // Whoever shows a code may not know us: it leads past their gate.
    const { token, yes } = readDetail(letter.kind === "together" ? letter.detail : "");
    const activity = withInvitation(letterOnly, yes ? "" : token);
    const outcome = await parts.deliver(person.inbox, activity, signal);
    return isDone(outcome) ? { done: (tx) => letterArrived(tx, letterId) } : outcome;
  };
}

/** Milliseconds that one contact lasts, as far as their key is concerned. */
const CONTACT = 60_000;
/** There is none to be had: it waits until there is. */
const WITHOUT_KEY: readonly string[] = [
  "key-not-understood",
  "not-found",
  "person-not-found",
  "not-encrypted",
];

/** Their key as it is now. Anything but "used": what becomes of the letter instead of being sent. */
async function keyNow(parts: Parts, personId: string, signal: AbortSignal): Promise<"used" | JobOutcome> {
  const { store, now } = parts;
  const hold = { done: (tx: Tx) => holdLetters(tx, personId, "no-key") };
  try {
    // In the same contact once is enough.
    if (await wasAskedAt(store.read, personId, now() - CONTACT)) return "used";
    const learned = await learnKeyNow(parts, personId, signal);
    // What is held is not on its way any more: it goes by jobs of its own, once the owner has looked.
    return learned.is === "used" ? "used" : "done";
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    return WITHOUT_KEY.includes(error.code) ? hold : { retry: error.code };
  }
}

async function wasAskedAt(read: ReadClient, personId: string, since: number): Promise<boolean> {
  const key = await usedKey(read, personId);
  return key !== null && key.askedAt.getTime() > since;
}
