import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ownRequest } from "../../src/federation/queries.ts";
import { idOf } from "../../src/lib/ids.ts";
import { edit } from "../../src/social/posts/edit.ts";
import { publish } from "../../src/social/posts/publish.ts";
import { remove } from "../../src/social/posts/remove.ts";
import { homeTimeline } from "../../src/social/posts/timelines.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";

let fediverse: Fediverse;
let anna: Member;
let ben: Member;

beforeEach(async () => {
  fediverse = await createFediverse();
  anna = await fediverse.join("Anna");
  ben = await fediverse.join("Ben");
});
afterEach(() => fediverse[Symbol.asyncDispose]());

async function ask(who: Member, whom: Member): Promise<string> {
  const { acting } = who;
  const { personId } = await who.federation.lookUp(`@${whom.address}`);
  await acting.transact((tx) => askToSubscribe(tx, acting.me, personId, acting.now()));
  return personId;
}

async function subscribe(who: Member, whom: Member): Promise<void> {
  await ask(who, whom);
  const { acting } = whom;
  const asking = await eventually("the request arrives", () =>
    whom.store.read.subscription.findFirst({
      where: { personId: acting.me.ownerId, state: "asked", subscriber: { uri: who.uri } },
    }),
  );
  await acting.transact((tx) => acceptRequest(tx, acting.me, asking.subscriberId, acting.now()));
  await eventually("the answer arrives", async () => {
    const request = await ownRequest(who.store.read, who.acting.me.ownerId, whom.uri);
    return request?.state === "accepted";
  });
}

function say(who: Member, text: string, extra: object = {}): Promise<string> {
  const { acting } = who;
  const draft = { text, reach: "everyone" as const, ...extra };
  return acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
}

async function home(who: Member): Promise<string[]> {
  const page = await homeTimeline(who.store.read, who.acting.me, { limit: 40 });
  return page.items.map((post) => post.html.replace(/<[^>]+>/g, ""));
}

const shows = (who: Member, text: string) =>
  eventually(`${who.name} sees “${text}”`, async () => (await home(who)).some((html) => html.includes(text)));

const wasTried = (who: Member) =>
  eventually("it was tried", async () => (await who.store.read.jobTry.count()) > 0);

const nothingWaits = (who: Member) =>
  eventually("nothing waits", async () => (await who.store.read.job.count()) === 0);

describe("two people", () => {
  test("find each other by address, subscribe, write, answer, edit and delete", async () => {
    await subscribe(ben, anna);
    await subscribe(anna, ben);

    const postId = await say(anna, "first light");
    await shows(ben, "first light");

    const seen = await ben.store.read.post.findFirstOrThrow({ where: { html: { contains: "first light" } } });
    await say(ben, "good morning", { replyToId: seen.id });
    await shows(anna, "good morning");
    const answer = await anna.store.read.post.findFirstOrThrow({
      where: { html: { contains: "good morning" } },
    });
    expect(answer.replyToId).toBe(postId);

    await anna.acting.transact((tx) =>
      edit(tx, anna.acting.me, postId, "first lights", "", anna.acting.now()),
    );
    await shows(ben, "first lights");

    await anna.acting.transact((tx) => remove(tx, anna.acting.me, postId, anna.acting.now()));
    await eventually(
      "it is gone at Ben's",
      async () => (await ben.store.read.post.count({ where: { id: seen.id } })) === 0,
    );
    expect([...anna.warnings, ...ben.warnings]).toEqual([]);
  });

  test("a post for somebody whose device is off gets there when it is on again, and only once", async () => {
    await subscribe(ben, anna);
    ben.turn("off");
    await say(anna, "while you slept");
    await wasTried(anna);
    ben.turn("on");
    expect(await anna.federation.hostsToProbe(Date.now())).toEqual([ben.host]);
    anna.runner.wake(ben.host);
    await shows(ben, "while you slept");
    expect(await ben.store.read.post.count({ where: { html: { contains: "while you slept" } } })).toBe(1);
  });

  test("what waits for somebody goes out the moment they contact us", async () => {
    await subscribe(ben, anna);
    await subscribe(anna, ben);
    ben.turn("off");
    await say(anna, "waiting for you");
    await wasTried(anna);
    ben.turn("on");
    await say(ben, "I am back");
    await shows(anna, "I am back");
    await shows(ben, "waiting for you");
  });

  test("a post whose answer got lost is sent again and shown once", async () => {
    await subscribe(ben, anna);
    let lost = 0;
    fediverse.interfere(ben.host, async (request, go) => {
      const response = await go();
      if (request.method !== "POST" || lost++ > 0) return response;
      throw new TypeError("fetch failed");
    });
    await say(anna, "echo");
    await eventually("the answer was lost", () => lost > 0);
    anna.runner.wake();
    await eventually("it was sent again", () => lost > 1);
    await nothingWaits(anna);
    expect((await home(ben)).filter((text) => text.includes("echo"))).toHaveLength(1);
    expect(await anna.store.read.delivery.findMany({ select: { state: true } })).toEqual([
      { state: "delivered" },
    ]);
  });

  test("somebody who is off while looked up is said to be off, and a wrong name is nobody", async () => {
    ben.turn("off");
    await expect(anna.federation.lookUp(ben.address)).rejects.toMatchObject({ code: "peer-off" });
    ben.turn("on");
    await expect(anna.federation.lookUp(`nobody@${ben.host}`)).rejects.toMatchObject({
      code: "person-not-found",
    });
    await expect(anna.federation.lookUp(anna.address)).rejects.toMatchObject({ code: "address-own" });
    await expect(anna.federation.lookUp("ben")).rejects.toMatchObject({ code: "address-not-understood" });
  });

  test.each(["", "/", "/@ben"])("are found by the device's address alone: onion%s", async (path) => {
    const { personId } = await anna.federation.lookUp(`http://${ben.host}${path}`);
    expect((await anna.store.read.person.findUniqueOrThrow({ where: { id: personId } })).uri).toBe(ben.uri);
  });
});

describe("three people", () => {
  test("a post for chosen people reaches them, and no copy names the other or goes to the third", async () => {
    const cleo = await fediverse.join("Cleo");
    await subscribe(ben, anna);
    await subscribe(cleo, anna);
    const dora = fediverse.peer("dora.example", "dora");
    const { personId } = await anna.federation.lookUp(dora.uri);
    const bens = await anna.federation.lookUp(ben.address);
    await say(anna, "for two", { reach: "chosen", to: [personId, bens.personId] });
    await shows(ben, "for two");
    const copy = await eventually("Dora gets a copy", () => dora.received[0]);
    const text = JSON.stringify(copy.activity);
    expect(text).not.toContain(ben.host);
    expect(text).not.toContain("followers");
    expect(copy.activity).not.toHaveProperty("proof");
    expect(copy.path).toBe("/users/dora/inbox");
    await nothingWaits(anna);
    expect(await home(cleo)).toEqual([]);
  });

  test("a post for everyone goes out in the same words to each, signed once, and its edit too", async () => {
    const readers = ["dora", "emil"].map((name) => fediverse.peer(`${name}.example`, name));
    for (const reader of readers) {
      const follow = {
        "@context": "https://www.w3.org/ns/activitystreams",
        id: `${reader.uri}/f`,
        type: "Follow",
        actor: reader.uri,
        object: anna.uri,
      };
      await anna.federation.handle(reader.signed(`${anna.uri}/inbox`, follow));
      await anna.acting.transact((tx) => acceptRequest(tx, anna.acting.me, idOf(reader.uri), Date.now()));
    }
    const got = (type: string) =>
      eventually(`everybody has the ${type}`, async () => {
        const copies = readers.map((reader) =>
          reader.received.find(({ activity }) => activity["type"] === type),
        );
        const [first, second] = copies.map((copy) => copy?.activity);
        return first === undefined || second === undefined ? null : { first, second };
      });
    const id = await say(anna, "for all of you");
    const created = await got("Create");
    expect(created.first).toEqual(created.second);
    expect(created.first).toHaveProperty("proof");
    await nothingWaits(anna);
    const { acting } = anna;
    await acting.transact((tx) => edit(tx, acting.me, id, "for every one of you", "", acting.now()));
    const updated = await got("Update");
    expect(updated.first).toEqual(updated.second);
    expect(JSON.stringify(updated.first)).toContain("every one");
  });

  test("a reply to a post that is not here brings that post", async () => {
    const cleo = await fediverse.join("Cleo");
    await subscribe(ben, cleo);
    await subscribe(anna, ben);
    await say(cleo, "the beginning");
    await shows(ben, "the beginning");
    const seen = await ben.store.read.post.findFirstOrThrow({
      where: { html: { contains: "the beginning" } },
    });
    await say(ben, "the answer", { replyToId: seen.id });
    await shows(anna, "the answer");
    await eventually("the beginning comes along", () =>
      anna.store.read.post.findFirst({ where: { html: { contains: "the beginning" } } }),
    );
  });
});
