import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { may } from "../../../src/social/access.ts";
import { type Choice, FRIENDS, SUBSCRIBERS } from "../../../src/social/audiences/choice.ts";
import { makeAudience } from "../../../src/social/audiences/make.ts";
import { putIn } from "../../../src/social/audiences/put-in.ts";
import { makeGuest } from "../../../src/social/guests/make.ts";
import { blankPerson } from "../../../src/social/people/blank-person.ts";
import { block } from "../../../src/social/people/block.ts";
import { nameable } from "../../../src/social/posts/queries.ts";
import { isOpen, type Reach } from "../../../src/social/posts/reach.ts";
import { meantBy, recipientsOf } from "../../../src/social/posts/recipients.ts";
import { viewersOf } from "../../../src/social/viewer.ts";
import { createOwner, type Owner } from "../../support/people.ts";

/** Who gets a copy is worked out by queries, who may see by access.may: the two hold together for every choice. */
const RUNS = Number(process.env["TSSOP_ADDRESSING_RUNS"] ?? 1_500);
const PEOPLE = 12;

let alice: Owner;
const people: string[] = [];
const audiences: string[] = [];
/** Cannot be written to, whatever is chosen: blocked, gone, and without a device. */
let blocked = "";
let gone = "";
let guest = "";

beforeAll(async () => {
  alice = await createOwner("Alice");
  for (let n = 0; n < PEOPLE; n += 1) people.push(await alice.meet(`Person${n}`));
  for (const name of ["Family", "Work", "Choir", "Nobody"]) {
    audiences.push(await alice.act((tx, now) => makeAudience(tx, name, now, systemRandom)));
  }
  const made = await alice.act((tx, now) => makeGuest(tx, "Oma Ruth", now, systemRandom));
  guest = made.id;
  people.push(guest);
  // Every mixture of ties there is, by the digits of a number.
  for (const [n, id] of people.entries()) {
    if (id !== guest && (n & 1) === 1) await alice.letIn(id);
    if (id !== guest && (n & 2) === 2)
      await alice.act((tx, now) =>
        tx.friendship.create({ data: { personId: id, state: "friends", role: "reader", at: new Date(now) } }),
      );
    for (const [at, audience] of audiences.slice(0, 3).entries()) {
      if (n % (at + 2) === 0) await alice.act((tx, now) => putIn(tx, alice.me, audience, [id], now));
    }
  }
  [blocked = "", gone = ""] = [people[6], people[7]];
  await alice.act((tx, now) => block(tx, blocked, now));
  await alice.act((tx, now) => blankPerson(tx, gone, now));
});
afterAll(() => alice[Symbol.asyncDispose]());

const reach = fc.constantFrom<Reach>("everyone", "unlisted", "subscribers", "chosen", "me");

test(
  "whoever gets a copy may see the post, and of a narrow one everybody who may see it gets one",
  async () => {
    const names = [...audiences, FRIENDS, SUBSCRIBERS];
    const choice: fc.Arbitrary<Choice> = fc.record({
      reach,
      people: fc.subarray(people),
      audiences: fc.subarray(names),
      without: fc.subarray([...people, ...names], { maxLength: 6 }),
    });
    const { store, me } = alice;
    await fc.assert(
      fc.asyncProperty(choice, async (who) => {
        const scope = isOpen(who.reach) ? { ...who, without: [] } : who;
        const named = await nameable(store.read, [...who.people]);
        const ids = named.map(({ id }) => id);
        const got = (await recipientsOf(store.read, me, scope, named)).map(({ id }) => id);
        const meant = (await meantBy(store.read, me, scope, named)).map(({ id }) => id);
        const thing = { ...scope, people: ids, authorId: me.ownerId };
        const viewers = await viewersOf(store.read, me.ownerId, people);
        const sees = viewers.filter((viewer) => may(viewer, "see", thing)).map(({ personId }) => personId);
        for (const id of meant) expect(sees).toContain(id);
        for (const id of [blocked, gone, guest]) expect(got).not.toContain(id);
        for (const id of scope.without) expect(meant).not.toContain(id);
        expect(new Set(got).size).toBe(got.length);
        if (isOpen(scope.reach)) return;
        const writable = sees.filter((id) => ![blocked, gone, guest].includes(id));
        expect(got.toSorted()).toEqual(writable.toSorted());
      }),
      { numRuns: RUNS },
    );
  },
  RUNS * 60,
);
