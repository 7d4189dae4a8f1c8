import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { acceptFriend, declineFriend } from "../../src/social/friends/answer.ts";
import { askToBeFriends } from "../../src/social/friends/ask.ts";
import { endFriendship } from "../../src/social/friends/end.ts";
import { withdrawOffer } from "../../src/social/friends/withdraw.ts";
import { personById } from "../../src/social/people/find.ts";
import type { PersonView } from "../../src/social/people/view.ts";
import { acceptRequest, declineRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { endSubscription } from "../../src/social/subscriptions/end.ts";
import { isDone } from "../../src/store/jobs.ts";
import type { Tx } from "../../src/store/tx.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";

/** Two whole nodes; what one leaves for the other waits until a step brings it, as if the other were off till then. */
let fediverse: Fediverse;
let sides: [Member, Member];

beforeAll(async () => {
  fediverse = await createFediverse();
  sides = [await fediverse.join("Anna"), await fediverse.join("Ben")];
  for (const { runner } of sides) runner.pause();
  await sides[0].federation.lookUp(sides[1].address);
  await sides[1].federation.lookUp(sides[0].address);
});
afterAll(() => fediverse[Symbol.asyncDispose]());

type Act = (tx: Tx, who: Member, id: string, now: number) => Promise<unknown>;

/** What a page offers just then; where it would offer nothing, nothing is done. */
const acts = {
  ask: (tx, { acting }, id, now) => askToBeFriends(tx, acting.me, id, "words", now),
  withdraw: (tx, _, id, now) => withdrawOffer(tx, id, now),
  accept: (tx, _, id, now) => acceptFriend(tx, id, now),
  decline: (tx, _, id, now) => declineFriend(tx, id, now),
  end: (tx, _, id, now) => endFriendship(tx, id, now),
  subscribe: (tx, { acting }, id, now) => askToSubscribe(tx, acting.me, id, now),
  unsubscribe: (tx, { acting }, id, now) => endSubscription(tx, acting.me, id, now),
  letIn: (tx, { acting }, id, now) => acceptRequest(tx, acting.me, id, now),
  turnAway: (tx, { acting }, id, now) => declineRequest(tx, acting.me, id, now),
} satisfies Record<string, Act>;

type Step = { by: 0 | 1; what: keyof typeof acts | "bring" };

const other = (by: 0 | 1): 0 | 1 => (by === 0 ? 1 : 0);
const seen = async (by: 0 | 1): Promise<PersonView> => {
  const person = await personById(sides[by].store.read, idOf(sides[other(by)].uri));
  if (person === null) throw new Error("not known any more");
  return person;
};

async function act(by: 0 | 1, what: keyof typeof acts): Promise<void> {
  const { acting } = sides[by];
  const id = idOf(sides[other(by)].uri);
  const { friend, subscriber } = await seen(by);
  if (what === "accept" && friend?.state !== "offered") return;
  if (what === "letIn" && subscriber !== "asked") return;
  await acting.transact((tx) => acts[what](tx, sides[by], id, acting.now()));
}

/** The oldest thing that waits goes over; false: nothing does. */
async function bring(by: 0 | 1): Promise<boolean> {
  const { store, federation } = sides[by];
  const row = await store.read.job.findFirst({ orderBy: { createdAt: "asc" } });
  if (row === null) return false;
  const job = { ...row, about: JSON.parse(row.about), tries: 0, createdAt: row.createdAt.getTime() };
  const outcome = await federation.handlers[row.kind]?.(job, AbortSignal.timeout(10_000));
  if (outcome === undefined || !isDone(outcome)) throw new Error(`${row.kind}: ${JSON.stringify(outcome)}`);
  await store.transact(async (tx) => {
    if (outcome !== "done") await outcome.done(tx);
    await tx.job.delete({ where: { id: row.id } });
  });
  return true;
}

async function settle(): Promise<void> {
  for (let rounds = 0; (await bring(0)) || (await bring(1)); rounds++)
    if (rounds > 500) throw new Error("it never ends");
}

async function beginAnew(): Promise<void> {
  for (const { store } of sides)
    await store.transact(async (tx) => {
      await tx.friendship.deleteMany();
      await tx.subscription.deleteMany();
      await tx.notice.deleteMany();
      await tx.welcome.deleteMany();
      await tx.job.deleteMany();
    });
}

const step: fc.Arbitrary<Step> = fc.record({
  by: fc.constantFrom(0 as const, 1 as const),
  what: fc.constantFrom(
    ...(["bring", "bring", "bring", "bring"] as const),
    ...(Object.keys(acts) as (keyof typeof acts)[]),
    ...(["ask", "accept", "subscribe", "letIn"] as const),
  ),
});

async function bothAgree(): Promise<void> {
  const [anna, ben] = [await seen(0), await seen(1)];
  expect(anna.friend?.state === "friends").toBe(ben.friend?.state === "friends");
  expect(anna.subscribed === "accepted").toBe(ben.subscriber === "accepted");
  expect(ben.subscribed === "accepted").toBe(anna.subscriber === "accepted");
}

test("friendship and subscription, in any order, with both asking at once and either off for a while, end the same on both nodes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      await beginAnew();
      for (const { by, what } of steps) await (what === "bring" ? bring(by) : act(by, what));
      await settle();
      await bothAgree();
      // Whatever stands then is answered with yes: it comes to the same again.
      for (const by of [0, 1] as const) for (const what of ["accept", "letIn"] as const) await act(by, what);
      await settle();
      await bothAgree();
    }),
    { numRuns: 40 },
  );
  expect(sides.flatMap(({ warnings }) => warnings)).toEqual([]);
}, 180_000);
