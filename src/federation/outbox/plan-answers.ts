import { dropJobsAbout } from "../../social/deliveries/queries.ts";
import type { Identity } from "../../social/identity/identity.ts";
import { postRow } from "../../social/posts/queries.ts";
import { MOST_NAMED } from "../../social/threads/gap.ts";
import {
  addMissing,
  beginLook,
  dropMissing,
  hereAmong,
  listingPosts,
  lookAt,
  lookIn,
  namedIn,
  noteLook,
  setWhy,
} from "../../social/threads/queries.ts";
import { enqueue } from "../../store/jobs.ts";
import type { Tx } from "../../store/tx.ts";
import { hostOf } from "../addresses.ts";
import { ITEMS_MAX } from "../collections/read-collection.ts";

/** Pages of lists that one look reads, over all hosts, and lists it begins with. */
const PAGES_OF_A_LOOK = 40;
const LISTS_OF_A_LOOK = 20;
const ADDRESS_LETTERS = 2048;
const LIFE_MS = 7 * 24 * 60 * 60 * 1000;

export const READ_ANSWERS = "read-answers";
export const FETCH_ANSWER = "fetch-answer";

/** Where this node may go without asking the owner first. */
type Planning = { me: Identity; mayGo: (host: string) => boolean; now: number };

/**
 * The owner asks for more answers in a thread. What was named before is fetched, and the lists of everybody in it are
 * read anew; what is still on its way of an earlier look begins over. Returns the hosts that are asked.
 */
export async function planLook(tx: Tx, postId: string, { me, mayGo, now }: Planning): Promise<string[]> {
  const row = await postRow(tx, postId);
  if (row === null) return [];
  const lookId = (await lookIn(tx, row.threadId))?.postId ?? row.id;
  for (const kind of [READ_ANSWERS, FETCH_ANSWER]) await dropJobsAbout(tx, kind, { lookId });
  await beginLook(tx, lookId, now);
  const hosts = new Set<string>();
  const named = await namedIn(tx, row.threadId, MOST_NAMED);
  const uris = named.map(({ uri }) => uri);
  const here = await hereAmong(tx, uris);
  await dropMissing(tx, [...here]);
  const missing = uris.filter((uri) => !here.has(uri));
  await planFetches(tx, { lookId, uris: missing, hosts }, { me, mayGo, now });

  const lists = await listingPosts(tx, row.threadId, [row.threadId, row.id], LISTS_OF_A_LOOK);
  const open = lists.filter(({ uri }) => mayGo(hostOf(uri) ?? ""));
  for (const { id, uri } of open) {
    const peer = hostOf(uri) ?? "";
    hosts.add(peer);
    await enqueue(tx, { kind: READ_ANSWERS, peer, about: { lookId, postId: id }, lifeMs: LIFE_MS }, now);
  }
  if (open.length === 0) {
    // Nobody is left to ask; what was named before may still be had.
    const why = lists.length > 0 ? "outside" : "";
    await noteLook(tx, lookId, why === "" ? { readAt: new Date(now) } : { why });
  }
  return [...hosts];
}

type Fetches = { lookId: string; uris: string[]; hosts?: Set<string> };

/** A job for each, as many as one look fetches; the others wait for the next one. */
async function planFetches(tx: Tx, { lookId, uris, hosts }: Fetches, { me, mayGo, now }: Planning) {
  let items = (await lookAt(tx, lookId))?.items ?? ITEMS_MAX;
  for (const uri of uris) {
    const host = hostOf(uri) ?? "";
    if (host === me.onion) await setWhy(tx, uri, "gone");
    else if (!mayGo(host)) await setWhy(tx, uri, "outside");
    else if (items >= ITEMS_MAX) await setWhy(tx, uri, "later");
    else {
      items += 1;
      hosts?.add(host);
      await setWhy(tx, uri, "");
      await enqueue(tx, { kind: FETCH_ANSWER, peer: host, about: { lookId, uri }, lifeMs: LIFE_MS }, now);
    }
  }
  await noteLook(tx, lookId, { items });
}

/** Somebody's list names these answers: those that are not here are remembered and fetched. */
export async function takeNamed(
  tx: Tx,
  told: { lookId: string; postId: string; uris: string[]; cut: boolean },
  planning: Planning,
): Promise<void> {
  const { lookId, postId } = told;
  const teller = await postRow(tx, postId);
  if (teller === null || (await lookAt(tx, lookId)) === null) return;
  const sound = [...new Set(told.uris)].filter(
    (uri) => uri.length <= ADDRESS_LETTERS && ![null, planning.me.onion].includes(hostOf(uri)),
  );
  const here = await hereAmong(tx, sound);
  const before = await namedIn(tx, teller.threadId, MOST_NAMED);
  const known = new Set(before.map(({ uri }) => uri));
  const fresh = sound.filter((uri) => !here.has(uri) && !known.has(uri));
  const kept = fresh.slice(0, Math.max(0, MOST_NAMED - known.size));
  for (const uri of kept) await addMissing(tx, postId, { uri, why: "" }, planning.now);
  await planFetches(tx, { lookId, uris: kept }, planning);
  if (told.cut || kept.length < fresh.length) await noteLook(tx, lookId, { cut: true });
}

/** False: this look has read its pages. */
export async function takePage(tx: Tx, lookId: string): Promise<boolean> {
  const look = await lookAt(tx, lookId);
  if (look === null || look.pages >= PAGES_OF_A_LOOK) return false;
  await noteLook(tx, lookId, { pages: look.pages + 1 });
  return true;
}

/** False: this look has fetched its posts. */
export async function takeItem(tx: Tx, lookId: string): Promise<boolean> {
  const look = await lookAt(tx, lookId);
  if (look === null || look.items >= ITEMS_MAX) return false;
  await noteLook(tx, lookId, { items: look.items + 1 });
  return true;
}
