import type { Actor } from "@fedify/fedify/vocab";
import { NodeError } from "../../lib/errors.ts";
import { idOf } from "../../lib/ids.ts";
import { receiveBoost } from "../../social/boosts/receive-boost.ts";
import type { PersonCard } from "../../social/people/person.ts";
import { isCloseId } from "../../social/people/queries.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { reachOf } from "../../social/posts/reach.ts";
import { type Coming, receivePost } from "../../social/posts/receive-post.ts";
import type { JobHandler, JobOutcome } from "../../store/jobs.ts";
import { hostOf, sameHost } from "../addresses.ts";
import { cardOfPost } from "../incoming-post.ts";
import { isJsonObject } from "../json-guard.ts";
import { mayGoTo } from "../outside.ts";
import type { Parts } from "../parts.ts";
import { isBlocked, subscribesAt } from "../queries.ts";
import { actorFromJson, cardOf, strangersCardOf } from "../translate/person.ts";
import { type ReadPost, readPost } from "../translate/post.ts";
import { objectFromJson } from "../translate/read.ts";
import { askForParent, askForQuoted } from "./plan-fetches.ts";

/** What a boosted post answers is not asked for: the owner did not subscribe to that. */
const DEPTH_OF_BOOSTED = 8;

/**
 * Reads a person at their own address and keeps what they say of themselves: signed when the owner is close to them, for
 * they may show more to the owner then. Null: no person is there.
 */
export async function fetchPerson(parts: Parts, uri: string): Promise<string | null> {
  const { store, identity, documents, now } = parts;
  await mayGoTo(parts, hostOf(uri) ?? "");
  const isClose = await isCloseId(store.read, identity.ownerId, idOf(uri));
  const actor = await actorAt(isClose ? documents.loadSigned : documents.load, uri);
  const card = actor === null ? null : await (isClose ? cardOf : strangersCardOf)(actor);
  return card === null ? null : store.transact((tx) => savePerson(tx, card, now()));
}

async function actorAt(load: Parts["documents"]["load"], uri: string): Promise<Actor | null> {
  const { document } = await load(uri);
  return isJsonObject(document) ? actorFromJson(document) : null;
}

/**
 * Reads a post at its own address. Signed only where the owner subscribes to somebody, for it may be for
 * subscribers; anywhere else the signature would tell who is reading. Null: there is none, or none to show.
 * `sought`: the owner asked for it; else it is kept only when it concerns the owner.
 */
export async function fetchPost(
  parts: Parts,
  uri: string,
  depth: number,
  sought: boolean,
): Promise<string | null> {
  await mayGoTo(parts, hostOf(uri) ?? "");
  const found = await postAt(parts, uri);
  return found === null ? null : keepFetched(parts, found, depth, sought ? "sought" : "beside");
}

export type Fetched = { card: PersonCard; post: ReadPost };

/** The same without keeping it, from a host that this node may go to. */
export async function postAt(parts: Parts, uri: string): Promise<Fetched | null> {
  const { store, identity, documents } = parts;
  const isKnown = await subscribesAt(store.read, identity.ownerId, hostOf(uri) ?? "");
  const { document } = await (isKnown ? documents.loadSigned(uri) : documents.load(uri));
  const object = await objectFromJson(document);
  const author = object?.attributionIds[0]?.href;
  if (object === null || author === undefined || !sameHost(author, object.id)) return null;
  if (await isBlocked(store.read, author)) return null;
  const actor = await actorAt(documents.load, author);
  const card = actor === null ? null : await strangersCardOf(actor);
  const post = card === null ? null : await readPost(object, card, parts.now());
  return card === null || post === null ? null : { card, post };
}

export async function keepFetched(
  parts: Parts,
  { card, post }: Fetched,
  depth: number,
  coming: Coming,
): Promise<string | null> {
  const { store, identity } = parts;
  return store.transact(async (tx) => {
    await savePerson(tx, card, parts.now());
    const result = await receivePost(tx, identity, await cardOfPost(tx, identity, post), parts.now(), coming);
    if (result === "stored") await askForParent(tx, identity, post.replyToUri, depth, parts.now());
    if (result !== "ignored") await askForQuoted(tx, identity, post.uri, depth, parts.now());
    return result === "ignored" ? null : idOf(post.uri);
  });
}

export function fetchPersonJob(parts: Parts): JobHandler {
  return (job) => attempt(() => fetchPerson(parts, job.about["uri"] ?? ""));
}

export function fetchPostJob(parts: Parts): JobHandler {
  return (job) =>
    attempt(() => fetchPost(parts, job.about["uri"] ?? "", Number(job.about["depth"] ?? 0), false));
}

export function fetchBoostedJob(parts: Parts): JobHandler {
  const { store, identity, now } = parts;
  return ({ about }) =>
    attempt(async () => {
      const { uri = "", boost = "", by = "", reach = "" } = about;
      if ((await fetchPost(parts, uri, DEPTH_OF_BOOSTED, true)) === null) return;
      const card = {
        uri: boost,
        personId: by,
        of: uri,
        reach: reachOf(reach),
        publishedAt: Number(about["at"]),
      };
      await store.transact((tx) => receiveBoost(tx, identity, card, now()));
    });
}

/** Looks whether a device is on, without knocking at its door; when it is, everything waiting for it goes out. */
export function probeJob(parts: Parts): JobHandler {
  return async (job) => {
    if (!(await parts.descriptor(job.peer))) return { retry: "peer-off" };
    parts.onContact(job.peer);
    return "done";
  };
}

/** What fails for good is not tried again. */
export async function attempt(fetching: () => Promise<unknown>): Promise<JobOutcome> {
  try {
    await fetching();
    return "done";
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    const final = ["not-found", "not-allowed", "bad-request", "clearnet-refused", "response-too-large"];
    return final.includes(error.code) ? { stop: error.code } : { retry: error.code };
  }
}
