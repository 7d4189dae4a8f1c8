import { describe, expect, test } from "vitest";
import { setMoment } from "../../src/federation/outbox/queries.ts";
import { idOf } from "../../src/lib/ids.ts";
import { boost } from "../../src/social/boosts/boost.ts";
import { publish } from "../../src/social/posts/publish.ts";
import { AS, besiege, PUBLIC } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import type { Member } from "../support/federated.ts";

const settled = (who: Member) => who.runner.idle();

describe("the owner's outbox", () => {
  test("is read to its end, whatever stands where a page ends", async () => {
    await using at = await besiege();
    const { anna: owner, friend } = at;
    const { me, random } = owner.acting;
    const theirs = at.note(friend);
    await at.send(friend, at.activity(friend, "Create", theirs));
    const now = Date.now();
    const speak = (n: number) =>
      owner.store.transact((tx) => publish(tx, me, { text: `${n}`, reach: "everyone" }, now + n, random));
    const boosted = await owner.store.transact(async (tx) => {
      const id = await boost(tx, me, idOf(theirs.id), now, random);
      return tx.post.findUniqueOrThrow({ where: { id } });
    });
    // Twenty are a page: the boost is its last one, and one is left for the next.
    for (let n = -1; n < 20; n++) if (n !== 0) await speak(n);
    const read = async (address: string) => {
      const headers = { Accept: "application/activity+json" };
      const answer = await at.fediverse.ask(new Request(address, { headers }));
      expect(answer.status).toBe(200);
      return (await answer.json()) as { first: string; next?: string; orderedItems: { id: string }[] };
    };
    const first = await read((await read(`${owner.uri}/outbox`)).first);
    expect(first.orderedItems).toHaveLength(20);
    expect(first.orderedItems.at(-1)?.id).toContain(boosted.uri);
    const { next = "" } = first;
    expect([(await read(next)).orderedItems].flat()).toHaveLength(1);
    expect(next).not.toContain(boosted.sortKey);
  });
});

describe("A26: somebody's outbox", () => {
  async function missing(outbox: (peer: { uri: string; origin: string }) => Record<string, unknown>) {
    const at = await besiege();
    const { anna: owner, friend } = at;
    const path = new URL(`${friend.uri}/outbox`).pathname;
    for (const [where, document] of Object.entries(outbox(friend)))
      friend.documents.set(where === "" ? path : `${path}${where}`, {
        "@context": AS,
        id: `${friend.uri}/outbox${where}`,
        ...(document as object),
      });
    friend.asked.length = 0;
    await owner.store.transact((tx) => setMoment(tx, "up", 1));
    await owner.federation.catchUp(Date.now());
    await eventually(
      "it was read",
      async () => (await owner.store.read.job.count({ where: { kind: "catch-up" } })) <= 1,
    );
    await settled(owner);
    return { at, owner, friend };
  }
  const create = (peer: { uri: string; origin: string }, n: string, author = peer.uri) => ({
    type: "Create",
    id: `${peer.origin}/a/${n}`,
    actor: peer.uri,
    object: {
      id: `${peer.origin}/n/${n}`,
      type: "Note",
      attributedTo: author,
      content: `<p>${n}</p>`,
      to: PUBLIC,
    },
  });

  test("without end: five pages and two hundred items at most", async () => {
    const { at, owner, friend } = await missing((peer) => ({
      "": { type: "OrderedCollection", first: `${peer.uri}/outbox/1` },
      ...Object.fromEntries(
        Array.from({ length: 30 }, (_, p) => [
          `/${p + 1}`,
          {
            type: "OrderedCollectionPage",
            next: `${peer.uri}/outbox/${p + 2}`,
            orderedItems: Array.from({ length: 60 }, (_, n) => create(peer, `${p}-${n}`)),
          },
        ]),
      ),
    }));
    await using _ = at;
    expect(await owner.store.read.post.count()).toBe(200);
    expect(friend.asked.filter((path) => path.includes("/outbox/")).length).toBeLessThanOrEqual(5);
  });

  test("that breaks off: what stood before is kept, and it is not taken for read", async () => {
    const { at, owner, friend } = await missing((peer) => ({
      "": { type: "OrderedCollection", first: `${peer.uri}/outbox/1` },
      "/1": {
        type: "OrderedCollectionPage",
        next: `${peer.uri}/outbox/none`,
        orderedItems: [create(peer, "2"), create(peer, "1")],
      },
    }));
    await using _ = at;
    expect(friend.asked.filter((path) => path.endsWith("/outbox/none"))).not.toEqual([]);
    expect(await owner.store.read.post.count()).toBe(2);
    expect(await owner.store.read.outboxRead.count()).toBe(0);
  });

  test("in circles: each page once", async () => {
    const { at, owner, friend } = await missing((peer) => ({
      "": { type: "OrderedCollection", first: `${peer.uri}/outbox/1` },
      "/1": {
        type: "OrderedCollectionPage",
        next: `${peer.uri}/outbox/2`,
        orderedItems: [create(peer, "1")],
      },
      "/2": {
        type: "OrderedCollectionPage",
        next: `${peer.uri}/outbox/1`,
        orderedItems: [create(peer, "2")],
      },
    }));
    await using _ = at;
    expect(await owner.store.read.post.count()).toBe(2);
    expect(friend.asked.filter((path) => path.endsWith("/outbox/2"))).toHaveLength(1);
  });

  test("that goes on elsewhere is not followed there, and other people's posts in it are not theirs", async () => {
    const { at, owner } = await missing((peer) => ({
      "": { type: "OrderedCollection", first: "http://attacker.example/outbox" },
      "/x": { type: "OrderedCollectionPage", orderedItems: [create(peer, "1")] },
    }));
    await using _ = at;
    expect(await owner.store.read.post.count()).toBe(0);
    expect(at.fediverse.requests.filter((line) => line.includes("attacker.example /outbox"))).toEqual([]);
    const second = await missing((peer) => ({
      "": {
        type: "OrderedCollection",
        orderedItems: [
          create(peer, "theirs"),
          create(peer, "forged", "http://attacker.example/users/mallory"),
          {
            ...create(peer, "other"),
            object: { ...create(peer, "other").object, id: "http://attacker.example/n/9" },
          },
          "http://attacker.example/n/10",
        ],
      },
    }));
    await using __ = second.at;
    const kept = await second.owner.store.read.post.findMany({ select: { uri: true } });
    expect(kept).toEqual([{ uri: `${second.friend.origin}/n/theirs` }]);
    expect(second.at.fediverse.requests.filter((line) => line.includes("attacker.example /n"))).toEqual([]);
  });
});
