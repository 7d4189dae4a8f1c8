import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { may } from "../../../src/social/access.ts";
import { forEveryone } from "../../../src/social/audiences/choice.ts";
import { listNotices } from "../../../src/social/notices/list.ts";
import { markNoticesRead, unreadCounts } from "../../../src/social/notices/notices.ts";
import { blankPerson } from "../../../src/social/people/blank-person.ts";
import { block, removeSubscriber, unblock } from "../../../src/social/people/block.ts";
import { listPeople } from "../../../src/social/people/list.ts";
import { savePerson } from "../../../src/social/people/save-person.ts";
import { changeProfile } from "../../../src/social/profile/change-profile.ts";
import { acceptRequest, declineRequest } from "../../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../../src/social/subscriptions/ask.ts";
import { endSubscription } from "../../../src/social/subscriptions/end.ts";
import { receiveRequest } from "../../../src/social/subscriptions/receive-request.ts";
import { requestAccepted } from "../../../src/social/subscriptions/request-accepted.ts";
import { requestDeclined } from "../../../src/social/subscriptions/request-declined.ts";
import { requestWithdrawn } from "../../../src/social/subscriptions/request-withdrawn.ts";
import { cardOf, createOwner, type Owner } from "../../support/people.ts";

let alice: Owner;
let bob: string;
beforeEach(async () => {
  alice = await createOwner("Alice");
  bob = await alice.meet("Bob");
});
afterEach(() => alice[Symbol.asyncDispose]());

const asks = (uri = "http://bob.example/acts/1") =>
  alice.act((tx, now) => receiveRequest(tx, alice.me, bob, uri, now));
const kinds = async () =>
  (await listNotices(alice.store.read, alice.me, { limit: 20 })).items.map(({ kind }) => kind);

describe("somebody who asks to subscribe", () => {
  test("A12, A30: waits for the owner, quietly when they are unknown", async () => {
    expect(await asks()).toBe("asked");
    expect(await asks("http://bob.example/acts/2")).toBe("asked");
    expect((await alice.person(bob)).subscriber).toBe("asked");
    expect(await kinds()).toEqual([]);
    expect(await alice.jobs()).toEqual([]);
    expect(await unreadCounts(alice.store.read)).toEqual({ notices: 0, requests: 1 });
  });

  test("is told of once when the owner knows them", async () => {
    await alice.subscribeTo(bob);
    const before = await kinds();
    expect(await asks()).toBe("asked");
    expect(await asks("http://bob.example/acts/2")).toBe("asked");
    expect((await kinds()).filter((kind) => kind === "request")).toHaveLength(1);
    expect(await kinds()).toHaveLength(before.length + 1);
  });

  test("is let in at once when the owner set it so", async () => {
    await alice.act((tx, now) => changeProfile(tx, alice.me, { requestsAuto: true }, now));
    expect(await asks()).toBe("accepted");
    expect((await alice.person(bob)).subscriber).toBe("accepted");
    expect(await kinds()).toEqual(["subscribed"]);
    expect((await alice.jobs()).map(({ kind }) => kind)).toEqual(["accept"]);
  });

  test("is answered: the notice goes, the answer waits to be sent", async () => {
    await asks();
    await alice.act((tx, now) => acceptRequest(tx, alice.me, bob, now));
    expect((await alice.person(bob)).subscriber).toBe("accepted");
    expect(await kinds()).toEqual([]);
    expect(await alice.jobs()).toEqual([{ kind: "accept", peer: "bob.example", about: { personId: bob } }]);
    const list = await listPeople(alice.store.read, "subscribers", { limit: 20 });
    expect(list.items.map(({ id }) => id)).toEqual([bob]);
  });

  test("may ask again after a no, even in the same moment, and is told the uri that was refused", async () => {
    await asks();
    await alice.act((tx, now) => declineRequest(tx, alice.me, bob, now));
    expect(await alice.jobs("reject")).toMatchObject([{ about: { uri: "http://bob.example/acts/1" } }]);
    alice.clock.now -= 2_000;
    expect(await asks("http://bob.example/acts/2")).toBe("asked");
    expect((await unreadCounts(alice.store.read)).requests).toBe(1);
  });

  test("is told again when they are a subscriber already and ask anew", async () => {
    await alice.letIn(bob);
    await alice.sendAll();
    expect(await asks("http://bob.example/acts/9")).toBe("accepted");
    expect((await alice.jobs()).map(({ kind }) => kind)).toEqual(["accept"]);
  });

  test("is not heard when blocked", async () => {
    await alice.act((tx, now) => block(tx, bob, now));
    expect(await asks()).toBe("ignored");
    expect((await alice.person(bob)).subscriber).toBe("no");
    expect(await kinds()).toEqual([]);
  });

  test("cannot be accepted when they never asked", async () => {
    await expect(alice.act((tx, now) => acceptRequest(tx, alice.me, bob, now))).rejects.toMatchObject({
      code: "person-not-found",
    });
  });
});

describe("the owner who asks", () => {
  test("asks once, however often", async () => {
    for (const _ of [1, 2]) await alice.act((tx, now) => askToSubscribe(tx, alice.me, bob, now));
    expect((await alice.jobs()).map(({ kind }) => kind)).toEqual(["follow"]);
    expect((await alice.person(bob)).subscribed).toBe("asked");
  });

  test("cannot subscribe to themselves", async () => {
    const self = alice.act((tx, now) => askToSubscribe(tx, alice.me, alice.me.ownerId, now));
    await expect(self).rejects.toMatchObject({ code: "address-own" });
  });

  test("A12: an answer to a question never asked has no effect", async () => {
    expect(await alice.act((tx, now) => requestAccepted(tx, alice.me, bob, now))).toBe(false);
    expect(await alice.act((tx, now) => requestDeclined(tx, alice.me, bob, now))).toBe(false);
    expect((await alice.person(bob)).subscribed).toBe("no");
    expect(await kinds()).toEqual([]);
  });

  test("sees what came before the answer once the answer is yes, and learns of it once", async () => {
    await alice.act((tx, now) => askToSubscribe(tx, alice.me, bob, now));
    await alice.hear(bob, { html: "early" });
    expect(await alice.home()).toEqual([]);
    for (const _ of [1, 2]) await alice.act((tx, now) => requestAccepted(tx, alice.me, bob, now));
    expect(await alice.home()).toEqual(["early"]);
    expect(await kinds()).toEqual(["accepted"]);
  });

  test("subscribes no more: their posts leave the timeline, but not those to the owner", async () => {
    await alice.subscribeTo(bob);
    await alice.hear(bob, { html: "to all" });
    await alice.hear(bob, { html: "to you", mentions: [alice.me.ownerId] });
    await alice.act((tx, now) => endSubscription(tx, alice.me, bob, now));
    expect(await alice.home()).toEqual(["to you"]);
    expect((await alice.person(bob)).subscribed).toBe("no");
    expect((await alice.jobs("unfollow"))[0]?.about["uri"]).toMatch(/\/acts\/[0-9a-f]{32}$/);
    expect(await alice.jobs("follow")).toEqual([]);
  });

  test("is declined: nothing more of theirs is on the timeline, and asking again is possible", async () => {
    await alice.subscribeTo(bob);
    await alice.hear(bob);
    await alice.act((tx, now) => requestDeclined(tx, alice.me, bob, now));
    expect(await alice.home()).toEqual([]);
    expect((await alice.person(bob)).subscribed).toBe("declined");
    await alice.act((tx, now) => askToSubscribe(tx, alice.me, bob, now));
    expect((await alice.person(bob)).subscribed).toBe("asked");
  });
});

describe("an end", () => {
  test("a removed subscriber loses at once what is for subscribers, and what waited for them is not sent", async () => {
    await alice.letIn(bob);
    await alice.sendAll();
    const wide = await alice.publish({ reach: "subscribers" });
    const named = await alice.publish({ reach: "chosen", to: [bob] });
    await alice.act((tx, now) => removeSubscriber(tx, bob, now));
    expect(await alice.copiesTo(wide)).toEqual([]);
    expect(await alice.copiesTo(named)).toEqual([bob]);
    const thing = { ...forEveryone, reach: "subscribers" as const, authorId: alice.me.ownerId };
    expect(may(await alice.viewer(bob), "see", thing)).toBe(false);
    expect((await alice.post(wide)).delivery).toBeNull();
  });

  test("whoever withdraws gets nothing more, not even what waited", async () => {
    await alice.letIn(bob);
    const wide = await alice.publish({ reach: "everyone" });
    await alice.act((tx, now) => requestWithdrawn(tx, alice.me, bob, now));
    expect(await alice.copiesTo(wide)).toEqual([]);
    expect(await alice.jobs("accept")).toEqual([]);
    expect((await alice.person(bob)).subscriber).toBe("no");
  });

  test("a block ends both subscriptions, takes back what waits and clears the timeline and the notices", async () => {
    await alice.letIn(bob);
    await alice.subscribeTo(bob);
    await alice.sendAll();
    await alice.hear(bob, { mentions: [alice.me.ownerId] });
    const named = await alice.publish({ reach: "chosen", to: [bob] });
    await alice.act((tx, now) => block(tx, bob, now));
    const person = await alice.person(bob);
    expect(person).toMatchObject({ blocked: true, subscribed: "no", subscriber: "no" });
    expect(await alice.copiesTo(named)).toEqual([]);
    expect((await alice.jobs()).map(({ kind }) => kind).sort()).toEqual(["reject", "unfollow"]);
    expect(await kinds()).toEqual([]);
    expect((await alice.home()).length).toBe(1);
    expect((await alice.hear(bob, { mentions: [alice.me.ownerId] })).result).toBe("ignored");
    const thing = { ...forEveryone, authorId: alice.me.ownerId, people: [bob] };
    expect(may(await alice.viewer(bob), "see", thing)).toBe(false);
    await alice.act((tx) => unblock(tx, bob));
    expect(may(await alice.viewer(bob), "see", thing)).toBe(true);
  });

  test("nobody blocks themselves", async () => {
    const self = alice.act((tx, now) => block(tx, alice.me.ownerId, now));
    await expect(self).rejects.toMatchObject({ code: "not-allowed" });
  });

  test("a person who deleted themselves is blanked: posts, words and ties go, the place stays", async () => {
    await alice.letIn(bob);
    await alice.subscribeTo(bob);
    const { id } = await alice.hear(bob, { mentions: [alice.me.ownerId] });
    await alice.publish({});
    await alice.act((tx, now) => blankPerson(tx, bob, now));
    expect(await alice.isThere(id)).toBe(false);
    expect(await alice.person(bob)).toMatchObject({ gone: true, aboutHtml: "", subscriber: "no" });
    expect(await kinds()).toEqual([]);
    expect(await alice.jobs("post")).toEqual([]);
  });
});

describe("what others say of themselves", () => {
  test("A31: is made safe, and nobody speaks for the owner", async () => {
    const id = await alice.meet("Eve", {
      name: `Eve\u202e${"x".repeat(100_000)}`,
      aboutHtml: "<p onclick=x>hi<script>1</script></p>",
      url: "javascript:alert(1)",
      pictureUrl: "data:image/png;base64,x",
    });
    const eve = await alice.person(id);
    expect(eve.name).toBe(`Eve${"x".repeat(61)}`);
    expect(eve.aboutHtml).toBe("<p>hi</p>");
    expect(eve).toMatchObject({ url: "", pictureUrl: "", host: "eve.example" });
    await alice.act((tx, now) => savePerson(tx, { ...cardOf("Eve"), uri: alice.me.ownerUri }, now));
    expect((await alice.person(alice.me.ownerId)).name).toBe("Alice");
  });

  test("the same card again writes nothing", async () => {
    const head = alice.store.changes.head();
    await alice.meet("Bob");
    expect(alice.store.changes.head()).toBe(head);
    await alice.meet("Bob", { name: "Bobby" });
    expect(alice.store.changes.head()).toBeGreaterThan(head);
    expect((await alice.person(bob)).name).toBe("Bobby");
  });
});

test("notices are new until they were looked at", async () => {
  await alice.subscribeTo(bob);
  await alice.act((tx) => tx.notice.deleteMany({}));
  await asks();
  await alice.act((tx, now) => markNoticesRead(tx, now));
  expect(await unreadCounts(alice.store.read)).toEqual({ notices: 0, requests: 1 });
  alice.clock.now -= 60_000;
  await alice.act((tx, now) => markNoticesRead(tx, now));
  alice.clock.now += 120_000;
  await alice.hear(bob, { mentions: [alice.me.ownerId] });
  const { items } = await listNotices(alice.store.read, alice.me, { limit: 20 });
  expect(items.map(({ kind, isNew }) => [kind, isNew])).toEqual([
    ["mention", true],
    ["request", false],
  ]);
});
