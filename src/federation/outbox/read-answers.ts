import { NodeError } from "../../lib/errors.ts";
import { isOnion } from "../../lib/onion-name.ts";
import { isBlockedId } from "../../social/people/queries.ts";
import { postRow } from "../../social/posts/queries.ts";
import { noteLook } from "../../social/threads/queries.ts";
import type { JobHandler } from "../../store/jobs.ts";
import { hostOf, sameHost } from "../addresses.ts";
import { addressOf, type CollectionItem, readCollection } from "../collections/read-collection.ts";
import { isJsonObject, type JsonObject } from "../json-guard.ts";
import type { Parts } from "../parts.ts";
import { subscribesAt } from "../queries.ts";
import { planLook, takeNamed, takePage } from "./plan-answers.ts";

const PASSING = ["peer-off", "tor-down", "peer-refused"];

/** Whether a look that failed like this is worth another try: the device may be on then. */
export const isPassing = (error: NodeError) => PASSING.includes(error.code);

export const mayGo =
  ({ allowsOutside }: Pick<Parts, "allowsOutside">) =>
  (host: string) =>
    isOnion(host) || allowsOutside(host);

/** Begins a look for the answers in the thread of a post, and tries at once who is asked. */
export async function lookForAnswers(parts: Parts, postId: string): Promise<void> {
  const planning = { me: parts.identity, mayGo: mayGo(parts), now: parts.now() };
  const hosts = await parts.store.transact((tx) => planLook(tx, postId, planning));
  for (const host of hosts) parts.onContact(host);
}

/** Reads where the author of one post lists the thread, and the answers to it. */
export function readAnswersJob(parts: Parts): JobHandler {
  const { store, now } = parts;
  return async ({ about, tries }) => {
    const { lookId = "", postId = "" } = about;
    const readAt = () => new Date(now());
    try {
      await readListsOf(parts, lookId, postId);
    } catch (error) {
      if (!(error instanceof NodeError)) throw error;
      if (isPassing(error)) {
        await store.transact((tx) => noteLook(tx, lookId, { why: "off" }));
        return { retry: error.code };
      }
      // A list that is not there names nobody; one that cannot be read may.
      const why = error.code === "not-found" ? {} : { why: "refused" };
      return { done: (tx) => noteLook(tx, lookId, { readAt: readAt(), ...why }) };
    }
    // What kept it from being read before is over.
    return { done: (tx) => noteLook(tx, lookId, { readAt: readAt(), ...(tries > 0 ? { why: "" } : {}) }) };
  };
}

/** Throws NodeError when one of its lists cannot be read; what the other one named is kept. */
export async function readListsOf(parts: Parts, lookId: string, postId: string): Promise<void> {
  const row = await postRow(parts.store.read, postId);
  if (row === null || row.own || (await isBlockedId(parts.store.read, row.authorId))) return;
  const lists = [...new Set([row.contextUri, row.repliesUri])].filter((list) => sameHost(list, row.uri));
  let failed: NodeError | null = null;
  for (const list of lists) {
    const { uris, cut, error } = await readList(parts, lookId, list);
    const planning = { me: parts.identity, mayGo: mayGo(parts), now: parts.now() };
    await parts.store.transact((tx) => takeNamed(tx, { lookId, postId, uris, cut }, planning));
    failed ??= error;
  }
  if (failed !== null) throw failed;
}

type Named = { uris: string[]; cut: boolean; error: NodeError | null };

/**
 * Addresses only: whatever else stands in a list is nobody's word (A26). Signed where the owner subscribes to somebody,
 * as posts are; elsewhere nobody learns who reads.
 */
async function readList(parts: Parts, lookId: string, list: string): Promise<Named> {
  const { store, identity, documents } = parts;
  const isKnown = await subscribesAt(store.read, identity.ownerId, hostOf(list) ?? "");
  const uris: string[] = [];
  let cut = false;
  const read = async (address: string): Promise<JsonObject> => {
    if (!(await store.transact((tx) => takePage(tx, lookId)))) {
      cut = true;
      throw new NodeError("bad-request", "enough pages were read");
    }
    await parts.turn();
    const { document } = await (isKnown ? documents.loadSigned(address) : documents.loadAnew(address));
    if (!isJsonObject(document)) throw new NodeError("bad-request", "not a collection");
    return document;
  };
  try {
    const take = async (item: CollectionItem) => {
      uris.push(addressOf(item));
      return false;
    };
    const { whole } = await readCollection(read, list, take);
    cut ||= !whole;
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    return { uris, cut, error: cut ? null : error };
  }
  return { uris, cut, error: null };
}
