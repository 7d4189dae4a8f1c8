import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { may } from "../../../src/social/access.ts";
import { importLists, readLists } from "../../../src/social/audiences/import-lists.ts";
import { audience, audiences, members, suggested } from "../../../src/social/audiences/list.ts";
import { makeAudience, rename } from "../../../src/social/audiences/make.ts";
import { putIn } from "../../../src/social/audiences/put-in.ts";
import { removeAudience } from "../../../src/social/audiences/remove.ts";
import { askToDelete, stillHeld, takeOut } from "../../../src/social/audiences/take-out.ts";
import { postRow } from "../../../src/social/posts/queries.ts";
import { thingOf } from "../../../src/social/posts/thing.ts";
import { postsOf } from "../../../src/social/posts/timelines.ts";
import { addField } from "../../../src/social/profile/add-field.ts";
import { aliceAndBob, type Owner } from "../../support/people.ts";

let alice: Owner;
let bob: string;
let cleo: string;
let jonas: string;
let family: string;
beforeEach(async () => {
  ({ alice, bob } = await aliceAndBob());
  [cleo, jonas] = [await alice.meet("Cleo"), await alice.meet("Jonas")];
  family = await make("Family");
  await put(family, bob, cleo, jonas);
});
afterEach(() => alice[Symbol.asyncDispose]());

const make = (name: string) => alice.act((tx, now) => makeAudience(tx, name, now, systemRandom));
const put = (id: string, ...people: string[]) => alice.act((tx, now) => putIn(tx, alice.me, id, people, now));
const out = (id: string, person: string) => alice.act((tx, now) => takeOut(tx, alice.me, id, person, now));
const sees = async (postId: string, personId: string) => {
  const row = await postRow(alice.store.read, postId);
  if (row === null) throw new Error("no such post");
  return may(await alice.viewer(personId), "see", await thingOf(alice.store.read, row));
};

describe("a post for an audience", () => {
  test("goes to everybody in it but those left out, and names nobody", async () => {
    const id = await alice.publish({ reach: "chosen", audiences: [family], without: [jonas] });
    expect(await alice.copiesTo(id)).toEqual([bob, cleo].sort());
    expect((await alice.post(id)).to).toEqual([]);
    expect([await sees(id, bob), await sees(id, cleo), await sees(id, jonas)]).toEqual([true, true, false]);
  });

  test("leaves out a whole audience, and subscribers too", async () => {
    const work = await make("Work");
    await put(work, cleo);
    const id = await alice.publish({ reach: "chosen", audiences: [family], without: [work] });
    expect(await alice.copiesTo(id)).toEqual([bob, jonas].sort());
    const other = await alice.publish({ reach: "chosen", audiences: [family], without: ["subscribers"] });
    expect(await alice.copiesTo(other)).toEqual([cleo, jonas].sort());
  });

  test("takes people besides, and subscribers with somebody left out", async () => {
    const dora = await alice.meet("Dora");
    const id = await alice.publish({ reach: "chosen", audiences: [family], to: [dora], without: [bob] });
    expect(await alice.copiesTo(id)).toEqual([cleo, dora, jonas].sort());
    const wide = await alice.publish({ reach: "subscribers", without: [bob] });
    expect(await alice.copiesTo(wide)).toEqual([]);
    expect(await sees(wide, bob)).toBe(false);
  });

  test("is refused when an audience is gone, or when it is for everyone and somebody is left out", async () => {
    const refused = (code: string, draft: Parameters<Owner["publish"]>[0]) =>
      expect(alice.publish(draft)).rejects.toMatchObject({ code });
    await refused("audience-not-found", { reach: "chosen", audiences: ["0".repeat(32)] });
    await refused("open-to-all", { reach: "everyone", without: [jonas] });
    await refused("open-to-all", { reach: "unlisted", without: [family] });
  });

  test("is listed for whom access.may shows it, and for nobody else", async () => {
    const ids = [
      await alice.publish({ reach: "chosen", audiences: [family] }),
      await alice.publish({ reach: "chosen", audiences: [family], without: [jonas] }),
      await alice.publish({ reach: "subscribers", without: [family] }),
      await alice.publish({ reach: "chosen", to: [jonas] }),
      await alice.publish({ reach: "chosen", audiences: [family], without: ["subscribers"] }),
    ];
    for (const personId of [bob, cleo, jonas, await alice.meet("Dora")]) {
      const viewer = await alice.viewer(personId);
      const page = await postsOf(alice.store.read, alice.me, alice.me.ownerId, viewer, { limit: 20 });
      const seen = await Promise.all(ids.map((id) => sees(id, personId)));
      expect(page.items.map(({ id }) => id).sort()).toEqual(ids.filter((_, n) => seen[n]).sort());
    }
  });

  test("is answered by the owner within it, the same left out, whoever the answer names", async () => {
    const id = await alice.publish({ reach: "chosen", audiences: [family], without: [jonas] });
    const answer = await alice.publish({ replyToId: id, text: "and @jonas@jonas.example" });
    expect(await alice.copiesTo(answer)).toEqual([bob, cleo].sort());
    expect(await sees(answer, jonas)).toBe(false);
    await expect(alice.publish({ replyToId: id, reach: "chosen", to: [jonas] })).rejects.toMatchObject({
      code: "reach-not-allowed",
    });
    const narrower = await alice.publish({ replyToId: id, reach: "chosen", to: [bob] });
    expect(await alice.copiesTo(narrower)).toEqual([bob]);
  });
});

describe("whoever is taken out", () => {
  test("loses at once what was for it, waiting or not, and keeps what names them", async () => {
    const waiting = await alice.publish({ reach: "chosen", audiences: [family] });
    const named = await alice.publish({ reach: "chosen", to: [jonas] });
    await out(family, jonas);
    expect(await alice.copiesTo(waiting)).toEqual([bob, cleo].sort());
    expect([await sees(waiting, jonas), await sees(named, jonas)]).toEqual([false, true]);
    expect(await alice.copiesTo(named)).toEqual([jonas]);
    await expect(out(family, jonas)).rejects.toMatchObject({ code: "person-not-found" });
  });

  test("may be asked to delete what they got by it, and nothing else", async () => {
    const had = await alice.publish({ reach: "chosen", audiences: [family] });
    const named = await alice.publish({ reach: "chosen", to: [jonas] });
    await alice.sendAll();
    await out(family, jonas);
    expect(await stillHeld(alice.store.read, alice.me, jonas)).toEqual([had]);
    const asked = await alice.act((tx, now) => askToDelete(tx, alice.me, jonas, now));
    expect(asked).toBe(1);
    const { uri } = await alice.post(had);
    expect(await alice.jobs("delete")).toEqual([
      { kind: "delete", peer: "jonas.example", about: { uri, personId: jonas } },
    ]);
    expect(await stillHeld(alice.store.read, alice.me, jonas)).toEqual([]);
    expect(await sees(named, jonas)).toBe(true);
  });
});

describe("an audience", () => {
  test("has a name of its own, which can be changed; nobody is told of any of it", async () => {
    const work = await make("  Work\n ");
    await expect(make("wORK")).rejects.toMatchObject({ code: "audience-named" });
    await expect(make(" \u200b ")).rejects.toMatchObject({ code: "name-empty" });
    await alice.act((tx) => rename(tx, work, "Office"));
    await expect(alice.act((tx) => rename(tx, work, "family"))).rejects.toMatchObject({
      code: "audience-named",
    });
    await alice.act((tx) => rename(tx, family, "FAMILY"));
    expect(await audiences(alice.store.read)).toEqual([
      { id: family, name: "FAMILY", count: 3 },
      { id: work, name: "Office", count: 0 },
    ]);
    expect((await alice.jobs()).filter(({ kind }) => kind !== "fetch-face")).toEqual([]);
  });

  test("that is removed shows nobody more than before", async () => {
    const kept = await alice.publish({ reach: "subscribers", without: [family] });
    const shown = await alice.publish({ reach: "chosen", audiences: [family] });
    await alice.act((tx, now) => removeAudience(tx, alice.me, family, now));
    expect(await audience(alice.store.read, family)).toBeNull();
    for (const personId of [bob, cleo, jonas]) {
      expect([await sees(kept, personId), await sees(shown, personId)]).toEqual([false, false]);
    }
  });

  test("lists its people by page, and suggests who is often with them", async () => {
    const dora = await alice.meet("Dora");
    for (const name of ["Choir", "Chess"]) await put(await make(name), dora, bob);
    await put(await make("Work"), await alice.meet("Emil"), cleo);
    const page = await members(alice.store.read, family, { limit: 2 });
    expect(page.items).toHaveLength(2);
    const rest = await members(alice.store.read, family, { limit: 2, before: page.older ?? "" });
    expect([...page.items, ...rest.items].map(({ id }) => id).sort()).toEqual([bob, cleo, jonas].sort());
    const names = (await suggested(alice.store.read, family)).map(({ name }) => name);
    expect(names).toEqual(["Dora", "Emil"]);
  });
});

describe("whoever is put in or taken out", () => {
  const profiles = async () => (await alice.jobs("profile")).map(({ about }) => about["personId"]);
  const line = (audienceId: string) =>
    alice.act((tx, now) =>
      addField(
        tx,
        alice.me,
        { kind: "text", label: "Phone", value: "0761", seen: chosenFor(audienceId) },
        now,
        systemRandom,
      ),
    );
  const chosenFor = (id: string) => ({ reach: "chosen" as const, people: [], audiences: [id], without: [] });

  test("hears nothing at all while the profile is the same for them", async () => {
    await alice.act((tx) => tx.person.updateMany({ data: { friendly: true } }));
    await line(await make("Work"));
    await alice.sendAll();
    const choir = await make("Choir");
    await put(choir, bob);
    await out(choir, bob);
    await out(family, bob);
    expect(await alice.jobs()).toEqual([]);
  });

  test("gets the profile that is theirs now when it is another one, and nobody else does", async () => {
    await alice.act((tx) => tx.person.updateMany({ data: { friendly: true } }));
    await line(family);
    await alice.sendAll();
    await out(family, bob);
    expect(await profiles()).toEqual([bob]);
    await alice.sendAll();
    await put(family, bob);
    expect(await profiles()).toEqual([bob]);
  });
});

describe("lists from elsewhere", () => {
  test("become audiences of the same names, with whom is known; the others are named", async () => {
    const csv =
      '\uFEFFList name,Account address\r\nfamily,bob@bob.example\nWork,"cleo@cleo.example"\n"A ""b""",x@y.example\n,\n';
    const result = await alice.act((tx, now) => importLists(tx, alice.me, csv, now, systemRandom));
    expect(result).toEqual({ audiences: 3, people: 2, unknown: ["x@y.example"] });
    expect((await audiences(alice.store.read)).map(({ name, count }) => `${name} ${count}`)).toEqual([
      'A "b" 0',
      "Family 3",
      "Work 1",
    ]);
  });

  test("that are none are refused, and hostile lines are no lines", async () => {
    for (const csv of ["", "hello", "a,b,c", "x".repeat(5_000)]) {
      await expect(
        alice.act((tx, now) => importLists(tx, alice.me, csv, now, systemRandom)),
      ).rejects.toMatchObject({ code: "lists-not-understood" });
    }
    expect(readLists("<b>x</b>,a@b.onion\n\u202efam,a@b\n=cmd,http://x@y/z")).toEqual([
      { list: "<b>x</b>", address: "a@b.onion" },
      { list: "fam", address: "a@b" },
    ]);
  });
});
