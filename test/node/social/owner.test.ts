import { createPrivateKey } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { createIdentity } from "../../../src/social/identity/create-identity.ts";
import { loadIdentity, loadSecret } from "../../../src/social/identity/load-identity.ts";
import { mediaRow, saveMediaRow } from "../../../src/social/media/media.ts";
import { personByAddress, personById, personBySortKey } from "../../../src/social/people/find.ts";
import { listPeople } from "../../../src/social/people/list.ts";
import { searchPeople } from "../../../src/social/people/search.ts";
import { changeProfile } from "../../../src/social/profile/change-profile.ts";
import { profile } from "../../../src/social/profile/profile.ts";
import { changeSetting, setting } from "../../../src/social/settings/settings.ts";
import { checkToken, createToken, listTokens, revokeToken } from "../../../src/social/tokens/tokens.ts";
import { createOwner, type Owner, testStore } from "../../support/people.ts";

let alice: Owner;
beforeEach(async () => {
  alice = await createOwner("Alice");
});
afterEach(() => alice[Symbol.asyncDispose]());

describe("an identity", () => {
  test("has four random secrets, an address made from one of them, and a place among people", async () => {
    const { read } = alice.store;
    expect(await loadIdentity(read)).toEqual(alice.me);
    expect(alice.me.onion).toMatch(/^[a-z2-7]{56}\.onion$/);
    for (const name of ["root", "address", "actor-ed25519"] as const) {
      expect(await loadSecret(read, name)).toHaveLength(32);
    }
    const rsa = createPrivateKey({
      key: await loadSecret(read, "actor-rsa"),
      format: "der",
      type: "pkcs8",
    });
    expect(rsa.asymmetricKeyDetails?.modulusLength).toBe(2048);
    expect(await personById(read, alice.me.ownerId)).toMatchObject({
      name: "Alice",
      address: `alice@${alice.me.onion}`,
      isOwner: true,
      approves: true,
    });
  });

  test("needs a name and a handle of plain letters; a store without one says so", async () => {
    await using store = await testStore(() => 1);
    const make = (name: string, handle?: string) =>
      store.transact((tx) =>
        createIdentity(tx, { name, random: systemRandom, ...(handle === undefined ? {} : { handle }) }, 1),
      );
    await expect(make(" \u200b ")).rejects.toMatchObject({ code: "name-empty" });
    for (const handle of ["", "Big", "a b", "x".repeat(31), "../x"]) {
      await expect(make("Anna", handle)).rejects.toMatchObject({ code: "handle-not-allowed" });
    }
    expect(await loadIdentity(store.read)).toBeNull();
    await expect(listPeople(store.read, "subscribed", { limit: 1 })).rejects.toMatchObject({
      code: "not-set-up",
    });
  });
});

describe("the profile", () => {
  test("is changed field by field, shown everywhere, and told to each subscriber once", async () => {
    const bob = await alice.meet("Bob");
    await alice.letIn(bob);
    await alice.sendAll();
    const change = (what: Parameters<typeof changeProfile>[2]) =>
      alice.act((tx, now) => changeProfile(tx, alice.me, what, now));
    await change({ name: "Alice\u202e in  W." });
    await change({ about: "Hello <b>\n\nhttp://x.example/", pictureId: "p1" });
    await change({ about: "Hello <b>\n\nhttp://x.example/" });
    expect(await profile(alice.store.read, alice.me)).toMatchObject({
      name: "Alice in W.",
      about: "Hello <b>\n\nhttp://x.example/",
      pictureId: "p1",
      requestsAuto: false,
    });
    const person = await alice.person(alice.me.ownerId);
    expect(person).toMatchObject({ name: "Alice in W.", pictureUrl: `${alice.me.origin}/media/p1` });
    expect(person.aboutHtml).toContain("<p>Hello &lt;b&gt;</p>");
    expect(await alice.jobs()).toEqual([{ kind: "profile", peer: "bob.example", about: { personId: bob } }]);
    await expect(change({ name: "\u0000" })).rejects.toMatchObject({ code: "name-empty" });
    await expect(change({ about: "x".repeat(2_001) })).rejects.toMatchObject({ code: "text-too-long" });
    await change({ requestsAuto: true });
    expect((await alice.person(alice.me.ownerId)).approves).toBe(false);
  });
});

describe("people", () => {
  test("are found by address in any case, by name, and by their place in lists", async () => {
    const { read } = alice.store;
    const bob = await alice.meet("Bob", { name: "Robert" });
    expect((await personByAddress(read, "BOB@bob.example"))?.id).toBe(bob);
    expect((await searchPeople(read, "rober", 5)).map(({ id }) => id)).toEqual([bob]);
    expect(await searchPeople(read, " ", 5)).toEqual([]);
    const { sortKey } = await alice.person(bob);
    expect((await personBySortKey(read, sortKey))?.id).toBe(bob);
    expect(await personById(read, "0".repeat(32))).toBeNull();
  });

  test("are listed a page at a time, without gaps", async () => {
    for (let n = 0; n < 7; n++) await alice.letIn(await alice.meet(`P${n}`));
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const page = { limit: 3, ...(before === null ? {} : { before }) };
      const got = await listPeople(alice.store.read, "subscribers", page);
      seen.push(...got.items.map(({ name }) => name));
      before = got.older;
    } while (before !== null);
    expect(seen).toEqual(["P6", "P5", "P4", "P3", "P2", "P1", "P0"]);
  });
});

test("a token opens what it was made for until it is revoked, and is kept as a hash only", async () => {
  const { read } = alice.store;
  const secret = await alice.act((tx, now) =>
    createToken(tx, { name: "phone", scopes: "read write read", random: systemRandom }, now),
  );
  expect(secret).toMatch(/^tssop_[\w-]{43}$/);
  const token = await checkToken(read, secret);
  expect(token).toMatchObject({ name: "phone", scopes: ["read", "write"] });
  expect(await checkToken(read, `${secret}x`)).toBeNull();
  expect(await checkToken(read, "")).toBeNull();
  expect(JSON.stringify(await read.apiToken.findMany())).not.toContain(secret.slice(6));
  expect(await listTokens(read)).toHaveLength(1);
  await alice.act((tx) => revokeToken(tx, token?.id ?? ""));
  expect(await checkToken(read, secret)).toBeNull();
});

test.each(["evil", "read evil", "", "read:statuses;", "READ"])(
  "nobody is given a token for “%s”",
  async (scopes) => {
    const making = alice.act((tx, now) =>
      createToken(tx, { name: "phone", scopes, random: systemRandom }, now),
    );
    await expect(making).rejects.toMatchObject({
      code: "bad-request",
      safe: expect.stringContaining("read:statuses"),
    });
  },
);

test("a setting keeps its last value, and a picture its row", async () => {
  const { read } = alice.store;
  expect(await setting(read, "x", "unset")).toBe("unset");
  for (const value of ["1", "2"]) await alice.act((tx) => changeSetting(tx, "x", value));
  expect(await setting(read, "x", "unset")).toBe("2");
  const row = { id: "m1", type: "image/jpeg", bytes: 10 };
  await alice.act((tx, now) => saveMediaRow(tx, row, "picture", now));
  expect(await mediaRow(read, "m1")).toMatchObject(row);
  expect(await mediaRow(read, "m2")).toBeNull();
});
