import type { Random } from "../../lib/ids.ts";
import { HELLO_SETTING, setting } from "../../social/settings/settings.ts";
import { enqueue } from "../../store/jobs.ts";
import type { Store } from "../../store/store.ts";
import type { Tx } from "../../store/tx.ts";
import { momentOf, onePersonPerHost, postponeNew, readableOutboxes, setMoment } from "./queries.ts";

/** Away for less than this is no absence: devices sleep at night. */
const AWAY_MS = 24 * 60 * 60 * 1000;
const UP = "up";
/** When the node was up before the latest absence. */
export const UP_BEFORE = "up before";
/** A hello to every host at the same moment would show who belongs to whom. */
const HELLO_SPREAD_MS = 60 * 60 * 1000;
const HELLO_LIFE_MS = 2 * AWAY_MS;
const CATCH_UP_LIFE_MS = 7 * AWAY_MS;

/** The node runs: for the next start to know how long it was away. */
export async function noteUp(store: Store, now: number): Promise<void> {
  await store.transact((tx) => setMoment(tx, UP, now));
}

/**
 * People can reach the node again. After an absence the hosts of subscribers and of those subscribed to get an Update
 * of the owner's profile, spread over an hour, so that servers which had given the node up try again; and the outboxes
 * of those subscribed to are read for what they wrote meanwhile. Returns whether it was an absence.
 */
export async function comeBack(
  store: Store,
  o: { ownerId: string; now: number; random: Random },
): Promise<boolean> {
  const last = await momentOf(store.read, UP);
  await noteUp(store, o.now);
  if (last === null || o.now - last < AWAY_MS) return false;
  const says = (await setting(store.read, HELLO_SETTING, "yes")) === "yes";
  await store.transact(async (tx) => {
    await setMoment(tx, UP_BEFORE, last);
    if (says) await sayHello(tx, o);
    await askForMissed(tx, o.ownerId, o.now);
  });
  return true;
}

async function sayHello(tx: Tx, o: { ownerId: string; now: number; random: Random }): Promise<void> {
  for (const id of await onePersonPerHost(tx, o.ownerId)) {
    // In nobody's lane: what else goes to that host must not wait for it.
    const spec = { kind: "profile", peer: "", about: { personId: id }, lifeMs: HELLO_LIFE_MS };
    const jobId = await enqueue(tx, spec, o.now);
    const wait = Math.floor((o.random(4).readUInt32BE() / 2 ** 32) * HELLO_SPREAD_MS);
    await postponeNew(tx, jobId, o.now + wait);
  }
}

/** Reads what those subscribed to wrote; once for each, however often it is asked. Returns how many are asked. */
export async function askForMissed(tx: Tx, ownerId: string, now: number): Promise<number> {
  const people = await readableOutboxes(tx, ownerId);
  for (const { id, host } of people) {
    await enqueue(
      tx,
      { kind: "catch-up", peer: host, about: { personId: id }, lifeMs: CATCH_UP_LIFE_MS },
      now,
    );
  }
  return people.length;
}
