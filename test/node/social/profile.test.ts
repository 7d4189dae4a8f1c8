import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import type { Viewer } from "../../../src/social/access.ts";
import { type Choice, forEveryone, forNobodyElse } from "../../../src/social/audiences/choice.ts";
import { makeAudience } from "../../../src/social/audiences/make.ts";
import { putIn } from "../../../src/social/audiences/put-in.ts";
import { removeAudience } from "../../../src/social/audiences/remove.ts";
import { addField, type FieldDraft } from "../../../src/social/profile/add-field.ts";
import { cardFor } from "../../../src/social/profile/card.ts";
import { changeField } from "../../../src/social/profile/change-field.ts";
import { changeProfile } from "../../../src/social/profile/change-profile.ts";
import { changeSeen } from "../../../src/social/profile/change-seen.ts";
import { forFriends } from "../../../src/social/profile/fields.ts";
import { moveField } from "../../../src/social/profile/move-field.ts";
import { ownFields } from "../../../src/social/profile/own-fields.ts";
import type { Part } from "../../../src/social/profile/parts.ts";
import { removeField } from "../../../src/social/profile/remove-field.ts";
import { isShownPicture } from "../../../src/social/profile/shown-picture.ts";
import { whoSeesMore } from "../../../src/social/profile/who-sees-more.ts";
import { aStranger } from "../../../src/social/viewer.ts";
import { befriend } from "../../support/friends.ts";
import { aliceAndBob, type Owner } from "../../support/people.ts";

let alice: Owner;
let bob: string;
let mia: string;
beforeEach(async () => {
  ({ alice, bob } = await aliceAndBob());
  mia = await alice.meet("Mia");
  await alice.act((tx, now) => befriend(tx, mia, now));
});
afterEach(() => alice[Symbol.asyncDispose]());

const add = (draft: Partial<FieldDraft>) =>
  alice.act((tx, now) =>
    addField(
      tx,
      alice.me,
      { kind: "text", label: "Line", value: "v", seen: forFriends, ...draft },
      now,
      systemRandom,
    ),
  );
const see = (part: Part, choice: Choice) =>
  alice.act((tx, now) => changeSeen(tx, alice.me, part, choice, now));
const card = (viewer: Viewer) => cardFor(alice.store.read, alice.me, viewer);
const labels = async (viewer: Viewer) => (await card(viewer)).fields.map(({ label }) => label);
const order = async () => (await ownFields(alice.store.read)).map(({ label }) => label).join("");
const chosen = (choice: Partial<Choice>): Choice => ({ ...forFriends, audiences: [], ...choice });

describe("lines of the profile", () => {
  test("stand in the order they were given, and move one place at a time, however often", async () => {
    const ids = new Map<string, string>();
    for (const label of ["A", "B", "C", "D"]) ids.set(label, await add({ label }));
    const move = (label: string, way: "up" | "down") =>
      alice.act((tx, now) => moveField(tx, alice.me, ids.get(label) ?? "", way, now));
    expect(await order()).toBe("ABCD");
    await move("D", "up");
    await move("A", "down");
    expect(await order()).toBe("BADC");
    await move("C", "down");
    await move("B", "up");
    expect(await order()).toBe("BADC");
    for (let n = 0; n < 130; n++) await move(n % 2 === 0 ? "A" : "D", "down");
    expect([...(await order())].sort().join("")).toBe("ABCD");
    for (let n = 0; n < 120; n++) {
      const before = await order();
      const label = before[2] ?? "";
      await move(label, "up");
      expect(await order()).toBe(`${before[0]}${before[2]}${before[1]}${before[3]}`);
    }
  });

  test("are changed and removed, and what is gone cannot be changed", async () => {
    const id = await add({});
    const draft: FieldDraft = { kind: "date", label: "Birthday", value: "04-14", seen: forEveryone };
    await alice.act((tx, now) => changeField(tx, alice.me, id, draft, now));
    expect(await ownFields(alice.store.read)).toEqual([{ id, ...draft, value: "--04-14" }]);
    await alice.act((tx, now) => removeField(tx, alice.me, id, now));
    expect(await ownFields(alice.store.read)).toEqual([]);
    await expect(alice.act((tx, now) => changeField(tx, alice.me, id, draft, now))).rejects.toMatchObject({
      code: "not-found",
    });
  });

  test("are 50 at most", async () => {
    await alice.act(async (tx, now) => {
      for (let n = 0; n < 50; n++)
        await addField(
          tx,
          alice.me,
          { kind: "text", label: `L${n}`, value: "v", seen: forFriends },
          now,
          systemRandom,
        );
    });
    await expect(add({})).rejects.toMatchObject({ code: "too-many-fields" });
  });

  test("are for whom there is: a choice of nobody, of who is gone, or of all but some is refused", async () => {
    await expect(add({ seen: chosen({}) })).rejects.toMatchObject({ code: "reach-not-allowed" });
    await expect(add({ seen: chosen({ audiences: ["0".repeat(32)] }) })).rejects.toMatchObject({
      code: "audience-not-found",
    });
    await expect(add({ seen: { ...forEveryone, without: [bob] } })).rejects.toMatchObject({
      code: "open-to-all",
    });
  });
});

describe("who gets what of a profile", () => {
  test("nobody loses what was shown before; what is new is for friends, and the list of friends for nobody", async () => {
    const change = { name: "Alice Ash", about: "Tea", pictureId: "1".repeat(32), bannerId: "2".repeat(32) };
    await alice.act((tx, now) => changeProfile(tx, alice.me, change, now));
    await add({ label: "Phone" });
    const [stranger, friend] = [await card(aStranger), await card(await alice.viewer(mia))];
    expect(stranger).toEqual({
      ...{ name: "Alice Ash", aboutHtml: "<p>Tea</p>", pictureId: "1".repeat(32) },
      ...{ bannerId: "", fields: [], friends: [] },
    });
    expect([friend.bannerId, friend.fields.map(({ label }) => label), friend.friends]).toEqual([
      ...["2".repeat(32), ["Phone"]],
      [],
    ]);
  });

  test("who is not shown the name sees the handle", async () => {
    await see("name", forFriends);
    expect((await card(aStranger)).name).toBe("alice");
    expect((await card(await alice.viewer(mia))).name).toBe("Alice");
  });

  test("friends are named to whom the owner says", async () => {
    await see("friends", { ...chosen({}), reach: "subscribers" });
    expect((await card(await alice.viewer(bob))).friends.map(({ name }) => name)).toEqual(["Mia"]);
    expect((await card(aStranger)).friends).toEqual([]);
    expect((await card(await alice.viewer(mia))).friends).toEqual([]);
  });

  test("a line that is left out leaves no trace, and no is stronger than yes", async () => {
    const family = await alice.act((tx, now) => makeAudience(tx, "Family", now, systemRandom));
    await alice.act((tx, now) => putIn(tx, alice.me, family, [bob, mia], now));
    await add({ label: "Phone", seen: chosen({ audiences: [family], without: [bob] }) });
    expect(await labels(await alice.viewer(mia))).toEqual(["Phone"]);
    expect(JSON.stringify(await card(await alice.viewer(bob)))).not.toContain("Phone");
    await see("about", chosen({ audiences: [family] }));
    await alice.act((tx, now) => removeAudience(tx, alice.me, family, now));
    expect(await labels(await alice.viewer(mia))).toEqual([]);
    expect(await labels(await alice.viewer(bob))).toEqual([]);
  });

  test("a picture is handed out only while it is one, and only to whom it is for", async () => {
    const pictureId = "3".repeat(32);
    const shown = (viewer: Viewer, id = pictureId) => isShownPicture(alice.store.read, alice.me, id, viewer);
    await alice.act((tx, now) => changeProfile(tx, alice.me, { pictureId }, now));
    expect(await shown(aStranger)).toBe(true);
    await see("picture", forFriends);
    expect([await shown(aStranger), await shown(await alice.viewer(mia))]).toEqual([false, true]);
    expect(await shown(await alice.viewer(mia), "4".repeat(32))).toBe(false);
    await alice.act((tx, now) => changeProfile(tx, alice.me, { pictureId: "" }, now));
    expect([await shown(await alice.viewer(mia)), await shown(await alice.viewer(mia), "")]).toEqual([
      false,
      false,
    ]);
  });

  test("while everything is for everyone or for the owner, nobody's signature has to be looked at", async () => {
    const more = async () => [...(await whoSeesMore(alice.store.read, alice.me))].sort();
    await add({ label: "Town", seen: forEveryone });
    await add({ label: "Fear", seen: forNobodyElse });
    expect(await more()).toEqual([]);
    const cleo = await alice.meet("Cleo");
    await add({ label: "Code", seen: chosen({ people: [cleo] }) });
    expect(await more()).toEqual([bob, cleo, mia].sort());
  });
});

test("subscribers and friends are told of each change, each of them once", async () => {
  await alice.act((tx, now) => befriend(tx, bob, now));
  const told = async () => (await alice.jobs("profile")).map(({ about }) => about["personId"]).sort();
  const id = await add({});
  expect(await told()).toEqual([bob, mia].sort());
  await alice.sendAll();
  const draft: FieldDraft = { kind: "text", label: "Line", value: "v", seen: forFriends };
  await alice.act((tx, now) => changeField(tx, alice.me, id, draft, now));
  expect(await told()).toEqual([]);
  await see("about", forFriends);
  expect(await told()).toEqual([bob, mia].sort());
});
