import { NodeError } from "../../lib/errors.ts";
import { idOf } from "../../lib/ids.ts";
import { isWaiting } from "../../social/gate/gate.ts";
import { type PostRow, postRow } from "../../social/posts/queries.ts";
import { dropMissing, lookAt, noteLook, setWhy } from "../../social/threads/queries.ts";
import type { JobHandler } from "../../store/jobs.ts";
import type { Tx } from "../../store/tx.ts";
import { hostOf } from "../addresses.ts";
import type { Parts } from "../parts.ts";
import { keepFetched, postAt } from "./fetch.ts";
import { takeItem } from "./plan-answers.ts";
import { DEPTH_MAX } from "./plan-fetches.ts";
import { isPassing, mayGo, readListsOf } from "./read-answers.ts";

/**
 * Fetches one answer that somebody's list named, from its own host, whatever the list said of it. It is kept when it
 * leads into the thread; what it answers may have to be fetched first. Then its own answers are looked for.
 */
export function fetchAnswerJob(parts: Parts): JobHandler {
  const { store } = parts;
  return async ({ about }) => {
    const { lookId = "", uri = "" } = about;
    const note = (why: string) => store.transact((tx) => setWhy(tx, uri, why));
    const look = await lookAt(store.read, lookId);
    if (look === null) return "done";
    let found: string | null;
    try {
      found = await climb(parts, lookId, uri, 0);
      if (found !== null) await readListsOf(parts, lookId, found);
    } catch (error) {
      if (!(error instanceof NodeError)) throw error;
      if (error instanceof EnoughFetched) return { done: (tx) => leaveForLater(tx, lookId, uri) };
      const isHere = (await postRow(store.read, idOf(uri))) !== null;
      if (isHere && !isPassing(error)) return { done: (tx) => dropMissing(tx, [uri]) };
      if (!isPassing(error))
        return { done: (tx) => setWhy(tx, uri, error.code === "clearnet-refused" ? "outside" : "gone") };
      await note("off");
      return error instanceof ElsewhereOff ? "done" : { retry: error.code };
    }
    return { done: (tx) => dropMissing(tx, [uri]) };
  };
}

/** This look fetches nothing more. */
class EnoughFetched extends NodeError {}

async function leaveForLater(tx: Tx, lookId: string, uri: string): Promise<void> {
  await setWhy(tx, uri, "later");
  await noteLook(tx, lookId, { cut: true });
}

/** What a post answers is on another device than the post, and that one is off. */
class ElsewhereOff extends NodeError {}

/** Id of the post, kept in the thread; null: it does not belong there, or not here. Throws NodeError. */
async function climb(parts: Parts, lookId: string, uri: string, depth: number): Promise<string | null> {
  const { store, identity } = parts;
  const known = await postRow(store.read, idOf(uri));
  if (known !== null) return (await isInThread(parts, lookId, known)) ? known.id : null;
  const host = hostOf(uri);
  if (host === null || host === identity.onion || depth >= DEPTH_MAX) return null;
  if (!mayGo(parts)(host)) throw new NodeError("clearnet-refused", "not allowed by the owner");
  if (depth > 0 && !(await store.transact((tx) => takeItem(tx, lookId))))
    throw new EnoughFetched("bad-request", "enough posts were fetched");
  await parts.turn();
  const found = await postAt(parts, uri);
  if (found === null) return null;
  // Whoever waits at the gate is shown there, and comes in by it.
  if (await isWaiting(store.read, identity, idOf(found.card.uri))) return null;
  if (!(await leadsIn(parts, lookId, found.post, depth))) return null;
  return keepFetched(parts, found, DEPTH_MAX, "answer");
}

async function leadsIn(
  parts: Parts,
  lookId: string,
  post: { uri: string; replyToUri: string },
  depth: number,
): Promise<boolean> {
  const look = await lookAt(parts.store.read, lookId);
  const top = look === null ? null : await postRow(parts.store.read, look.post.threadId);
  // The thread is known from its middle on, and this is what comes before.
  if (top !== null && top.replyToUri === post.uri) return true;
  if (post.replyToUri === "") return false;
  try {
    return (await climb(parts, lookId, post.replyToUri, depth + 1)) !== null;
  } catch (error) {
    if (error instanceof NodeError && isPassing(error) && hostOf(post.uri) !== hostOf(post.replyToUri))
      throw new ElsewhereOff(error.code, error.message, { cause: error });
    throw error;
  }
}

async function isInThread(parts: Parts, lookId: string, row: PostRow): Promise<boolean> {
  const look = await lookAt(parts.store.read, lookId);
  return look !== null && look.post.threadId === row.threadId && row.boostOfId === "";
}
