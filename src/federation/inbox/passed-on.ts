import { Create, Update } from "@fedify/fedify/vocab";
import { NodeError } from "../../lib/errors.ts";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import type { PersonCard } from "../../social/people/person.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { dropPassed, isTheirThread, receivePassed } from "../../social/threads/receive-passed.ts";
import type { Tx } from "../../store/tx.ts";
import { cardOfPost } from "../incoming-post.ts";
import type { JsonObject } from "../json-guard.ts";
import type { Parts } from "../parts.ts";
import { provenActivity } from "../proof.ts";
import { isBlocked } from "../queries.ts";
import { readPassing } from "../translate/container.ts";
import { embeddedObject } from "../translate/object-of.ts";
import { cardOf } from "../translate/person.ts";
import { readPost } from "../translate/post.ts";
import type { Incoming, PassedOn } from "./incoming.ts";

/**
 * Looked at before the transaction, for the author's key may have to be fetched, and only for a narrow thread that is
 * here and that the sender began: nobody else makes this node ask for a key. "later": the author's device is off.
 */
export async function passedOn(
  parts: Parts,
  json: JsonObject,
  sender: PersonCard,
): Promise<PassedOn | "later" | null> {
  const passing = readPassing(json);
  const { read } = parts.store;
  if (passing === null || !(await isTheirThread(read, idOf(sender.uri), passing.thread))) return null;
  try {
    const proven = await provenActivity(parts.documents, passing.signed);
    const author = proven === null ? null : await cardOf(proven.author);
    const activity = proven?.activity;
    if (author === null || !(activity instanceof Create || activity instanceof Update)) return null;
    const object = await embeddedObject(activity);
    const post = object === null ? null : await readPost(object, author, parts.now());
    return post === null ? null : { author, post, thread: passing.thread };
  } catch (error) {
    if (error instanceof NodeError && (error.code === "peer-off" || error.code === "tor-down"))
      return "later";
    if (error instanceof NodeError) return null;
    throw error;
  }
}

/** Add to a thread. */
export async function takePassed(tx: Tx, { sender, me, now }: Incoming, passed: PassedOn): Promise<Verdict> {
  // Authentication: the sender signed that it belongs into the thread, its author what it says (FEP-8b32).
  const { author, post, thread } = passed;

  // Authorization: the thread is the sender's; blocked people are not heard through others either.
  if (author.uri === me.ownerUri) return { dropped: "the owner's own" };
  if (await isBlocked(tx, author.uri)) return { dropped: "blocked" };

  await savePerson(tx, author, now);
  const by = { byId: idOf(sender.uri), thread };
  const result = await receivePassed(tx, me, await cardOfPost(tx, me, post), by, now);
  return result === "ignored" ? { dropped: "not in that thread" } : "accepted";
}

/** Remove from a thread; null: it is about something else. */
export async function takeOutPassed(
  tx: Tx,
  { sender }: Incoming,
  pin: { what: string; target: string },
): Promise<Verdict | null> {
  // Authentication: the sender signed.
  // Authorization: only what the sender passed on, in a thread of theirs.
  const byId = idOf(sender.uri);
  if (!(await isTheirThread(tx, byId, pin.target))) return null;
  return (await dropPassed(tx, byId, pin.what)) ? "accepted" : { dropped: "not known here" };
}
