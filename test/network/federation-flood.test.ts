import { afterAll, beforeAll, expect, test } from "vitest";
import { listWaiting } from "../../src/social/gate/list.ts";
import { turnAllAway } from "../../src/social/gate/turn-away.ts";
import { type Besieged, besiege } from "../support/besieged.ts";
import { newKeys } from "../support/peer.ts";

const FLOOD = 10_000;
const AT_ONCE = 8;

/** With the budgets of a real node. */
let at: Besieged;

beforeAll(async () => {
  at = await besiege({ limited: true });
});
afterAll(() => at[Symbol.asyncDispose]());

/** Making a key takes longer than all else here, so that all of the flood share one. */
const keys = newKeys();
const fresh = (n: number) => at.fediverse.peer(`flood${n}.example`, "f", keys);

test(`A30: ${FLOOD} first contacts from addresses made for it leave bounded rows, and friends get through`, async () => {
  const { anna, friend } = at;
  const { read, me, transact } = anna.acting;
  const statuses = new Map<number, number>();
  let slowest = 0;
  const began = performance.now();
  for (let n = 0; n < FLOOD; n += AT_ONCE) {
    const batch = Array.from({ length: AT_ONCE }, async (_, k) => {
      const peer = fresh(n + k);
      const status = await at.send(peer, at.activity(peer, "Follow", anna.uri));
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    });
    await Promise.all(batch);
    if (n % 1000 !== 0) continue;
    const post = at.note(friend);
    expect(await at.send(friend, at.activity(friend, "Create", post))).toBe(202);
    expect(await at.stored(post.id)).not.toBeNull();
    const before = performance.now();
    await listWaiting(read, me, { limit: 40 });
    slowest = Math.max(slowest, performance.now() - before);
  }
  const took = performance.now() - began;
  expect(Object.fromEntries(statuses)).toEqual({ 202: 200, 503: FLOOD - 200 });
  expect(await read.subscription.count({ where: { state: "asked" } })).toBe(200);
  expect(await read.person.count()).toBeLessThan(210);
  expect(await read.notice.count({ where: { kind: "request" } })).toBe(0);
  // Keys of no more people were asked for than could wait.
  const asked = at.fediverse.requests.filter((line) => line.includes("flood")).length;
  expect(asked).toBeLessThan(450);
  process.stdout.write(
    `flood: ${Math.round(took)} ms, ${asked} fetches, slowest page ${Math.round(slowest)} ms\n`,
  );

  // Honest senders come again, and get in once there is room.
  const late = at.stranger("late");
  const follow = at.activity(late, "Follow", anna.uri);
  expect(await at.send(late, follow)).toBe(503);
  await transact((tx) => turnAllAway(tx, me, Date.now()));
  await expect.poll(() => at.send(late, follow), { timeout: 20_000, interval: 500 }).toBe(202);
  expect(await at.asks(late)).toBe(true);
}, 300_000);
