import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { retry } from "../../../src/social/deliveries/retry.ts";
import { block, removeSubscriber, unblock } from "../../../src/social/people/block.ts";
import { requestWithdrawn } from "../../../src/social/subscriptions/request-withdrawn.ts";
import { aliceAndBob, type Owner } from "../../support/people.ts";

let alice: Owner;
let bob: string;
beforeEach(async () => {
  ({ alice, bob } = await aliceAndBob());
});
afterEach(() => alice[Symbol.asyncDispose]());

/** A post that was given up for everybody. */
async function givenUp(draft: Parameters<Owner["publish"]>[0] = {}): Promise<string> {
  const id = await alice.publish(draft);
  await alice.act(async (tx) => {
    await tx.job.deleteMany({});
    await tx.delivery.updateMany({ data: { state: "stopped" } });
  });
  return id;
}
const again = (id: string) => alice.act((tx, now) => retry(tx, alice.me, id, now));
const states = async (id: string) =>
  (await alice.store.read.delivery.findMany({ where: { postId: id } })).map(({ state }) => state);

describe("a post that was given up, tried once more", () => {
  test("goes to whom it was for", async () => {
    const id = await givenUp({ reach: "subscribers" });
    expect(await again(id)).toBe(1);
    expect(await alice.copiesTo(id)).toEqual([bob]);
    expect(await states(id)).toEqual(["waiting"]);
  });

  test("for subscribers never goes to somebody who is none any more", async () => {
    const id = await givenUp({ reach: "subscribers" });
    await alice.act((tx, now) => removeSubscriber(tx, bob, now));
    expect(await again(id)).toBe(0);
    expect(await alice.copiesTo(id)).toEqual([]);
    expect(await states(id)).toEqual([]);
  });

  test("never goes to somebody who may not see it, though nothing took it back from them", async () => {
    const id = await givenUp({ reach: "subscribers" });
    await alice.act((tx) => tx.subscription.deleteMany({ where: { subscriberId: bob } }));
    expect(await again(id)).toBe(0);
    expect(await alice.copiesTo(id)).toEqual([]);
  });

  test("never goes to somebody who was blocked since, also after that was undone", async () => {
    const [narrow, open, named] = [
      await givenUp({ reach: "subscribers" }),
      await givenUp(),
      await givenUp({ reach: "chosen", to: [bob] }),
    ];
    await alice.act((tx, now) => block(tx, bob, now));
    await alice.act((tx) => unblock(tx, bob));
    for (const id of [narrow, open, named]) expect(await again(id)).toBe(0);
    expect(await alice.jobs("post")).toEqual([]);
  });

  test("that names somebody goes to them also when they subscribe no more", async () => {
    const id = await givenUp({ reach: "subscribers", text: "hello @bob@bob.example" });
    await alice.act((tx, now) => requestWithdrawn(tx, alice.me, bob, now));
    expect(await again(id)).toBe(1);
    expect(await alice.copiesTo(id)).toEqual([bob]);
  });
});
