import { afterEach, beforeEach, expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { forEveryone } from "../../../src/social/audiences/choice.ts";
import { makeAudience } from "../../../src/social/audiences/make.ts";
import { putIn } from "../../../src/social/audiences/put-in.ts";
import { savePerson } from "../../../src/social/people/save-person.ts";
import { forFriends } from "../../../src/social/profile/fields.ts";
import { ownFields } from "../../../src/social/profile/own-fields.ts";
import { seenParts } from "../../../src/social/profile/parts.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { wordsOfPage } from "../../support/page-shape.ts";
import { cardOf } from "../../support/people.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;
beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterEach(() => desk[Symbol.asyncDispose]());

const LINES = "/settings/profile/lines";
const toFriends = { "seen-reach": "chosen", "seen-in": "friends" };
const lines = () => ownFields(desk.acting.read);
const add = async (fields: Record<string, string>) => {
  const typed = { kind: "text", label: "Line", value: "v", ...toFriends, ...fields };
  return browser.send(await browser.get(LINES), LINES, typed);
};

test("a line is added, changed, moved and removed without script", async () => {
  const family = await desk.acting.transact((tx) => makeAudience(tx, "Family", 0, systemRandom));
  expect((await browser.get("/settings/profile")).text).toContain("No lines yet.");
  await add({ label: "Phone", value: "0761", "seen-in": family });
  const list = await browser.follow(await add({ label: "Birthday", kind: "date", value: "04-14" }));
  expect(list.text).toContain("The line is added.");
  const [phone, birthday] = await lines();
  expect([phone?.seen.audiences, birthday?.seen]).toEqual([[family], forFriends]);
  expect(list.text.replace(/<[^>]+>/g, " ")).toMatch(/Phone\s+0761\s+Family\s+\(0\)\s/);

  const one = `${LINES}/${birthday?.id}`;
  await browser.send(list, one, { do: "up" });
  expect((await lines()).map(({ label }) => label)).toEqual(["Birthday", "Phone"]);
  const form = await browser.get(one);
  expect(form.text).toContain("04-14</textarea>");
  const changed = { do: "save", label: "Birthday", kind: "date", value: "1984-04-14", "seen-reach": "me" };
  await browser.send(form, one, changed);
  expect((await lines())[0]).toMatchObject({ value: "1984-04-14", seen: { reach: "me" } });
  await browser.send(await browser.get(one), one, { do: "remove" });
  expect((await lines()).map(({ label }) => label)).toEqual(["Phone"]);
  expect((await browser.get(one)).status).toBe(404);
});

test("what is not right is said, and what was typed stays", async () => {
  const wrong = await add({ kind: "link", label: "Page", value: "my page" });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain("A link begins with http:// or https://.");
  expect(wrong.text).toContain("my page</textarea>");
  expect((await add({ "seen-in": "" })).text).toContain("Choose who sees it.");
  expect((await add({ kind: "secret" })).status).toBe(422);
  expect(await lines()).toEqual([]);
});

test("who sees the name, the picture and the list of friends is chosen, each for itself", async () => {
  const path = "/settings/profile/seen/name";
  const page = await browser.get(path);
  expect(page.text).toMatch(/value="everyone" checked/);
  const said = await browser.follow(
    await browser.send(page, path, { ...toFriends, "seen-in": "subscribers" }),
  );
  expect(said.text).toContain("It holds from now on");
  expect((await seenParts(desk.acting.read)).name.reach).toBe("subscribers");
  expect((await browser.get("/settings/profile/seen/shoes")).status).toBe(404);
  const friends = await browser.get("/settings/profile/seen/friends");
  expect(friends.text).toMatch(/value="me" checked/);
  // Friends are named by it, and nobody asked them.
  expect(friends.text).toContain("Your friends are named there; ask them first.");
  expect((await seenParts(desk.acting.read)).friends.reach).toBe("me");
});

test("who sees a line leaves somebody out by name, is worked out, and the words typed stay", async () => {
  const { acting, house } = desk;
  const family = await acting.transact((tx) => makeAudience(tx, "Family", 0, systemRandom));
  const ids: string[] = [];
  for (const name of ["Mia", "Jonas"]) {
    ids.push((await house.meet(name, `${name.toLowerCase()}.example`)).id);
  }
  await acting.transact((tx) => putIn(tx, acting.me, family, ids, acting.now()));
  const typed = { label: "Phone", value: "0761", "seen-in": family };
  const counted = await add({ ...typed, "seen-no": "jonas", do: "seen-no" });
  expect(counted.status).toBe(200);
  expect(wordsOfPage(counted.text)).toContain("Family (2) without Jonas: 1 person");
  expect(counted.text).toContain("0761</textarea>");
  expect(counted.text).toContain('value="Phone"');
  // Typed, and not looked at: nothing is kept yet.
  const hasty = await add({ ...typed, "seen-no": "jonas", do: "save" });
  expect(hasty.status).toBe(422);
  expect(wordsOfPage(hasty.text)).toContain("You typed a name as well.");
  expect(await lines()).toEqual([]);
  const left = ids[1] ?? "";
  const list = await browser.follow(await add({ ...typed, "seen-out": left, do: "save" }));
  expect((await lines())[0]?.seen).toMatchObject({ audiences: [family], without: [left] });
  expect(wordsOfPage(list.text)).toContain("Family (2) without Jonas");
  const open = await add({ "seen-reach": "everyone", "seen-out": left });
  expect([open.status, (await lines()).length]).toEqual([422, 1]);
});

test("a profile is for everyone or not: the quiet way of posts is not offered, and means everyone", async () => {
  const path = "/settings/profile/seen/about";
  const page = await browser.get(path);
  expect(page.text).not.toContain('value="unlisted"');
  await browser.send(page, path, { "seen-reach": "unlisted", do: "save" });
  expect((await seenParts(desk.acting.read)).about).toEqual(forEveryone);
});

test("lines of others stand on their page, and their links cost a page of warning", async () => {
  const fields = [
    { label: "Page", html: '<a href="https://mia.example/">mia.example</a>' },
    { label: "Bad", html: "<script>alert(1)</script><b>still words</b>" },
  ];
  const id = await desk.acting.transact((tx) => savePerson(tx, { ...cardOf("Mia"), fields }, 1));
  const { text } = await browser.get(`/people/${id}`);
  expect(text).toMatch(
    /<dl class="facts"><dt dir="auto">Page<\/dt><dd dir="auto"><a href="\/leave\/[0-9a-f]{32}"/,
  );
  expect(text).toContain("<b>still words</b>");
  expect(text).not.toContain("alert(1)");
  // An update says all of them.
  await desk.acting.transact((tx) => savePerson(tx, { ...cardOf("Mia"), fields: [] }, 2));
  expect((await browser.get(`/people/${id}`)).text).not.toContain('class="facts"');
});
