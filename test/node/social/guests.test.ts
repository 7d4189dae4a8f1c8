import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, systemRandom } from "../../../src/lib/ids.ts";
import { may } from "../../../src/social/access.ts";
import { FRIENDS, SUBSCRIBERS } from "../../../src/social/audiences/choice.ts";
import { members } from "../../../src/social/audiences/list.ts";
import { makeAudience } from "../../../src/social/audiences/make.ts";
import { putIn } from "../../../src/social/audiences/put-in.ts";
import { takeOut } from "../../../src/social/audiences/take-out.ts";
import { retry } from "../../../src/social/deliveries/retry.ts";
import { endLink } from "../../../src/social/guests/end.ts";
import { guestOf, isStillGuest } from "../../../src/social/guests/enter.ts";
import { MOST_GUESTS, MOST_VISITS } from "../../../src/social/guests/guest.ts";
import { guest, guests, visits } from "../../../src/social/guests/list.ts";
import { makeGuest, renameGuest, renewLink } from "../../../src/social/guests/make.ts";
import { noteVisit } from "../../../src/social/guests/visit.ts";
import { faceWanted, planFace } from "../../../src/social/people/face.ts";
import { personByAddress, personBySortKey } from "../../../src/social/people/find.ts";
import { listPeople } from "../../../src/social/people/list.ts";
import { searchPeople } from "../../../src/social/people/search.ts";
import { edit } from "../../../src/social/posts/edit.ts";
import { postById } from "../../../src/social/posts/find.ts";
import { reachable } from "../../../src/social/posts/queries.ts";
import { remove } from "../../../src/social/posts/remove.ts";
import { thingIn } from "../../../src/social/posts/thing.ts";
import { postsOf } from "../../../src/social/posts/timelines.ts";
import { sendReport } from "../../../src/social/reports/send-report.ts";
import { askToSubscribe } from "../../../src/social/subscriptions/ask.ts";
import { createOwner, type Owner } from "../../support/people.ts";

const HOUR = 60 * 60_000;

let alice: Owner;
let ruth: { id: string; secret: string };
let family: string;

beforeEach(async () => {
  alice = await createOwner("Alice");
  ruth = await alice.act((tx, now) => makeGuest(tx, " Oma  Ruth ", now, systemRandom));
  family = await alice.act((tx, now) => makeAudience(tx, "Family", now, systemRandom));
});
afterEach(() => alice[Symbol.asyncDispose]());

const read = () => alice.store.read;
const comeIn = (secret: string) => guestOf(read(), secret);
const putRuthIn = () => alice.act((tx, now) => putIn(tx, alice.me, family, [ruth.id], now));
const forFamily = () => alice.publish({ text: "Plums", reach: "chosen", to: [], audiences: [family] });
const sees = async (id: string) =>
  (await postById(read(), alice.me, id, await alice.viewer(ruth.id))) !== null;

describe("a guest", () => {
  test("comes in by the secret, of which only a hash is kept", async () => {
    expect(ruth.secret).toMatch(/^[0-9a-f]{40}$/);
    expect(await comeIn(ruth.secret)).toMatchObject({ personId: ruth.id });
    for (const odd of [ruth.secret.toUpperCase(), ruth.secret.slice(1), `${ruth.secret}0`, "", ruth.id]) {
      expect(await comeIn(odd), odd).toBeNull();
    }
    const rows = JSON.stringify([await read().guest.findMany(), await read().person.findMany()]);
    expect(rows).not.toContain(ruth.secret);
  });
  test("sees what is for an audience while in it, earlier posts too, and nothing of it once taken out", async () => {
    const id = await forFamily();
    expect(await sees(id)).toBe(false);
    await putRuthIn();
    expect(await sees(id)).toBe(true);
    await alice.act((tx, now) => takeOut(tx, alice.me, family, ruth.id, now));
    expect(await sees(id)).toBe(false);
  });
  test("sees what is for them by name, and is kept from what they are left out of", async () => {
    await putRuthIn();
    expect(await sees(await alice.publish({ reach: "chosen", to: [ruth.id] }))).toBe(true);
    const other = { reach: "chosen" as const, to: [], audiences: [family], without: [ruth.id] };
    expect(await sees(await alice.publish(other))).toBe(false);
  });
  test("is neither a subscriber nor a friend", async () => {
    await putRuthIn();
    expect(await sees(await alice.publish({ reach: "subscribers" }))).toBe(false);
    const viewer = await alice.viewer(ruth.id);
    expect(viewer).toMatchObject({ kind: "person", guest: true, in: new Set([family]) });
    expect(viewer).not.toMatchObject({ in: new Set([FRIENDS]) });
    expect(viewer).not.toMatchObject({ in: new Set([SUBSCRIBERS]) });
  });
  test("may read, and nothing else", async () => {
    await putRuthIn();
    for (const draft of [{}, { reach: "chosen" as const, to: [ruth.id] }]) {
      const row = await read().post.findUniqueOrThrow({ where: { id: await alice.publish(draft) } });
      const viewer = await alice.viewer(ruth.id);
      const may_ = (
        ["see", "reply", "react", "share", "vote", "quote", "ask-to-quote", "message"] as const
      ).filter((verb) => may(viewer, verb, thingIn(row, [ruth.id])));
      expect(may_).toEqual(["see"]);
    }
  });
  test("has a name, which can be changed and not be empty", async () => {
    expect(await guest(read(), ruth.id)).toMatchObject({ name: "Oma Ruth" });
    await alice.act((tx) => renameGuest(tx, ruth.id, "Ruth"));
    expect(await alice.person(ruth.id)).toMatchObject({ name: "Ruth", guest: true, address: "" });
    const empty = alice.act((tx) => renameGuest(tx, ruth.id, " \u200b "));
    await expect(empty).rejects.toMatchObject({ code: "name-empty" });
    const bob = await alice.meet("Bob");
    const other = alice.act((tx) => renameGuest(tx, bob, "Bert"));
    await expect(other).rejects.toMatchObject({ code: "person-not-found" });
  });
});

describe("a link", () => {
  test("opens nothing the moment it is ended, and the guest is a viewer of nothing", async () => {
    await putRuthIn();
    const id = await forFamily();
    const open = await alice.publish({});
    const before = await comeIn(ruth.secret);
    if (before === null) throw new Error("not in");
    await alice.act((tx, now) => endLink(tx, ruth.id, now));
    expect(await comeIn(ruth.secret)).toBeNull();
    expect(await isStillGuest(read(), before)).toBe(false);
    expect([await sees(id), await sees(open)]).toEqual([false, false]);
    const page = await postsOf(read(), alice.me, alice.me.ownerId, await alice.viewer(ruth.id), { limit: 9 });
    expect(page.items).toEqual([]);
    expect((await members(read(), family, { limit: 9 })).items).toEqual([]);
    expect((await guest(read(), ruth.id))?.endedAt).toBeGreaterThan(0);
  });
  test("that is made anew puts out who reads by the old one, and keeps the audiences", async () => {
    await putRuthIn();
    const before = await comeIn(ruth.secret);
    const secret = await alice.act((tx) => renewLink(tx, ruth.id, systemRandom));
    const after = await comeIn(secret);
    if (before === null || after === null) throw new Error("not in");
    expect([await isStillGuest(read(), before), await isStillGuest(read(), after)]).toEqual([false, true]);
    expect(await comeIn(ruth.secret)).toBeNull();
    expect(await sees(await forFamily())).toBe(true);
  });
  test("that was ended can be followed by a new one, which is another", async () => {
    await putRuthIn();
    const id = await forFamily();
    await alice.act((tx, now) => endLink(tx, ruth.id, now));
    const secret = await alice.act((tx) => renewLink(tx, ruth.id, systemRandom));
    expect(secret).not.toBe(ruth.secret);
    expect(await comeIn(ruth.secret)).toBeNull();
    expect(await comeIn(secret)).toMatchObject({ personId: ruth.id });
    expect(await sees(id)).toBe(true);
  });
  test("is one of 200 at most; one that was ended makes room", async () => {
    await alice.act(async (tx, now) => {
      for (let n = 1; n < MOST_GUESTS; n += 1) await makeGuest(tx, `Guest ${n}`, now, systemRandom);
    });
    const oneMore = () => alice.act((tx, now) => makeGuest(tx, "One more", now, systemRandom));
    await expect(oneMore()).rejects.toMatchObject({ code: "too-many-guests" });
    await alice.act((tx, now) => endLink(tx, ruth.id, now));
    await oneMore();
    const again = alice.act((tx) => renewLink(tx, ruth.id, systemRandom));
    await expect(again).rejects.toMatchObject({ code: "too-many-guests" });
  });
});

describe("nobody in the network ever hears of a guest", () => {
  test("no copy, change or farewell of a post goes to them, and nothing of them to others", async () => {
    const bob = await alice.meet("Bob");
    await alice.act((tx, now) => putIn(tx, alice.me, family, [bob, ruth.id], now));
    const id = await alice.publish({ reach: "chosen", to: [ruth.id], audiences: [family] });
    expect(await alice.copiesTo(id)).toEqual([bob]);
    expect(await read().delivery.count({ where: { personId: ruth.id } })).toBe(0);
    await alice.sendAll();
    await alice.act((tx, now) => edit(tx, alice.me, id, "Changed", "", now));
    await alice.act((tx, now) => retry(tx, alice.me, id, now));
    await alice.act((tx, now) => remove(tx, alice.me, id, now));
    const sent = await alice.jobs();
    expect(sent.map(({ peer }) => peer).filter((peer) => peer !== "bob.example")).toEqual([]);
    expect(JSON.stringify(sent)).not.toContain(ruth.id);
  });
  test("a post for guests alone waits for nobody", async () => {
    const id = await alice.publish({ reach: "chosen", to: [ruth.id] });
    expect(await alice.jobs()).toEqual([]);
    expect(await sees(id)).toBe(true);
  });
  test("they cannot be asked to subscribe to, reported, written to, or asked for a picture", async () => {
    const { me } = alice;
    await expect(alice.act((tx, now) => askToSubscribe(tx, me, ruth.id, now))).rejects.toMatchObject({
      code: "person-not-found",
    });
    const report = { personId: ruth.id, postUris: [], words: "x" };
    await expect(alice.act((tx, now) => sendReport(tx, me, report, now, systemRandom))).rejects.toMatchObject(
      { code: "person-not-found" },
    );
    expect(await reachable(read(), [ruth.id])).toEqual([]);
    await alice.act((tx, now) => planFace(tx, ruth.id, now));
    expect(await faceWanted(read(), ruth.id)).toBeNull();
    expect(await alice.jobs()).toEqual([]);
  });
  test("no search, account or look-up of an app finds them; the owner's own pages do", async () => {
    const { sortKey, uri } = await alice.person(ruth.id);
    expect(await searchPeople(read(), "ruth", 9)).toEqual([]);
    expect(await searchPeople(read(), "ruth", 9, { guests: true })).toHaveLength(1);
    expect(await personBySortKey(read(), sortKey)).toBeNull();
    for (const odd of ["", "@", uri]) expect(await personByAddress(read(), odd), odd).toBeNull();
    for (const circle of ["subscribed", "subscribers", "requests", "asked"] as const) {
      expect((await listPeople(read(), circle, { limit: 9 })).items).toEqual([]);
    }
    expect(idOf(uri)).toBe(ruth.id);
    expect(uri).toMatch(/^urn:tssop:guest:[0-9a-f]{32}$/);
  });
});

describe("what a guest opened", () => {
  const open = (kind: "profile" | "blog" | "post", postId = "") =>
    alice.act((tx, now) => noteVisit(tx, ruth.id, { kind, postId }, now));
  const opened = async (limit = 40) => (await visits(read(), ruth.id, { limit })).items;

  test("is shown to the owner, the latest first, once for each thing and hour", async () => {
    const id = await alice.publish({ text: "Plums are ripe" });
    alice.clock.now += HOUR - (alice.clock.now % HOUR);
    await open("profile");
    await open("post", id);
    await open("profile");
    expect((await opened()).map(({ kind, post }) => [kind, post?.words])).toEqual([
      ["post", "Plums are ripe"],
      ["profile", undefined],
    ]);
    alice.clock.now += HOUR;
    await open("profile");
    expect((await opened()).map(({ kind }) => kind)).toEqual(["profile", "post", "profile"]);
    const { items } = await guests(read(), { limit: 9 });
    expect(items).toMatchObject([{ id: ruth.id, last: { kind: "profile", at: alice.clock.now } }]);
  });
  test("says no word of a post that is gone", async () => {
    const id = await alice.publish({ text: "Plums" });
    await open("post", id);
    await alice.act((tx, now) => remove(tx, alice.me, id, now));
    expect(await opened()).toMatchObject([{ kind: "post", post: null }]);
  });
  test("is five hundred at most, and is read a page at a time", async () => {
    await alice.act(async (tx, now) => {
      for (let n = 0; n < MOST_VISITS + 20; n += 1) {
        const postId = n.toString(16).padStart(32, "0");
        await noteVisit(tx, ruth.id, { kind: "post", postId }, now + n);
      }
    });
    expect(await read().guestVisit.count()).toBe(MOST_VISITS);
    const first = await visits(read(), ruth.id, { limit: 40 });
    const second = await visits(read(), ruth.id, { limit: 40, before: first.older ?? "" });
    const back = await visits(read(), ruth.id, { limit: 40, after: second.newer ?? "" });
    expect(back.items).toEqual(first.items);
    const ids = new Set([...first.items, ...second.items].map(({ sortKey }) => sortKey));
    expect(ids.size).toBe(80);
  });
  test("is nothing when nobody is a guest of that id", async () => {
    const bob = await alice.meet("Bob");
    await alice.act((tx, now) => noteVisit(tx, bob, { kind: "blog", postId: "" }, now));
    expect(await read().guestVisit.count()).toBe(0);
  });
});
