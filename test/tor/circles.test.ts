import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { startChromium } from "../support/chromium.ts";
import { accountOf, comes, pathOf, type Told } from "../support/citizens/by-api.ts";
import { type Citizen, citizen } from "../support/citizens/citizen.ts";
import { patiently } from "../support/citizens/patience.ts";
import { startPerson } from "../support/person.ts";
import { home, subscribe } from "../support/scenario.ts";
import { tracedInto } from "../support/trace.ts";

/** Anna's audience Family, over real Tor: Ben and Jonas are in it, Cleo is not. Every byte that Ben's node reads is kept. */
let folder: string;
let wire: string;
let browser: Browser;
let anna: Citizen;
let ben: Citizen;
let cleo: Citizen;
let jonas: Citizen;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "tssop-circles-"));
  wire = join(folder, "wire");
  mkdirSync(wire);
  browser = await startChromium();
  const torrc = inject("clientTorrc");
  const start = async (name: string, under: string[] = []) => {
    const person = await startPerson({ name, folder, torrc, under });
    await person.event("reachable");
    return citizen(browser, person);
  };
  const everything = { calls: "read,readv,recvfrom,recvmsg", bytes: 65_536 };
  [anna, ben, cleo, jonas] = await Promise.all([
    start("Anna"),
    start("Ben", tracedInto(wire, everything)),
    start("Cleo"),
    start("Jonas"),
  ]);
  for (const who of [ben, cleo, jonas]) await subscribe(who.person, anna.person, () => {});
});
afterAll(async () => {
  await Promise.all([anna, ben, cleo, jonas].map((one) => one?.close()));
  await browser?.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** Makes Family on Anna's page and puts people into it by name. */
async function makeFamily(): Promise<void> {
  await anna.go("/people/audiences");
  await anna.page.getByLabel("Name of a new audience").fill("Family");
  await anna.press("Make it");
  for (const name of ["Ben", "Jonas"]) await put(name);
}

async function put(name: string): Promise<void> {
  await anna.go("/people/audiences");
  await anna.page.getByRole("link", { name: "Change Family" }).first().click();
  await anna.page.getByLabel("Add someone").fill(name);
  await anna.press("Add");
  await anna.page.getByRole("button", { name: `Take out ${name}` }).waitFor();
}

async function takeOut(name: string): Promise<void> {
  await anna.go("/people/audiences");
  await anna.page.getByRole("link", { name: "Change Family" }).first().click();
  await anna.press(`Take out ${name}`);
}

/** Posts by the composer: to Family, without whom is named. The address of the post. */
async function post(words: string, without: string[], people: number): Promise<string> {
  await anna.go("/");
  await anna.page.getByLabel("Your post").fill(words);
  await anna.page.locator(".who > summary").first().click();
  await anna.page.getByLabel("People I choose").first().check();
  await anna.page
    .getByLabel(/^Family/)
    .first()
    .check();
  for (const name of without) {
    await anna.page.locator('input[name="no"]').fill(name);
    await anna.press("Leave out");
  }
  await anna.press(people === 1 ? "Post to 1 person" : `Post to ${people} people`);
  const own = await patiently("Anna has posted", async () =>
    (await home(anna.person)).find(({ content }) => content.includes(words)),
  );
  return own.uri;
}

/** What comes of asking for an address, signed by who asks. */
async function asks(who: Citizen, uri: string): Promise<Told | undefined> {
  const query = new URLSearchParams({ q: uri, resolve: "true", type: "statuses" });
  return (await who.api<{ statuses: Told[] }>("GET", `/api/v2/search?${query}`)).statuses[0];
}

const has = async (who: Citizen, words: string) =>
  (await home(who.person)).some(({ content }) => content.includes(words));

/** Everything that went into Ben's node, as text. */
const heard = () =>
  readdirSync(wire)
    .map((name) => readFileSync(join(wire, name), "latin1"))
    .join("\n");

describe("four people over Tor", () => {
  let first: string;
  let second: string;

  test("a post to Family without Jonas reaches exactly the right ones, and the bytes to one name no other", async () => {
    await makeFamily();
    first = await post("Cake at the old mill.", ["Jonas"], 1);
    second = await post("Grandpa turns eighty.", ["Jonas"], 1);
    await comes(ben, "Grandpa turns eighty.");
    await ben.sees("/", (page) => page.getByText("Shared with you"));
    await anna.sees("/", (page) => page.getByText("Family without Jonas"));
    const after = await post("And all of us sing.", [], 2);
    await comes(jonas, "And all of us sing.");
    await comes(ben, "And all of us sing.");
    for (const words of ["Cake at the old mill.", "Grandpa turns eighty."]) {
      expect([await has(jonas, words), await has(cleo, words)]).toEqual([false, false]);
    }
    expect(await has(cleo, "And all of us sing.")).toBe(false);
    const text = heard();
    expect(text).toContain("Cake at the old mill.");
    for (const other of [jonas, cleo]) expect(text).not.toContain(other.person.onion.slice(0, 40));
    expect(text).not.toContain("Family without");
    expect(after).not.toBe(first);
  });

  test("by GET, signed by each: only whom it is for gets it, and after removal nobody does", async () => {
    for (const who of [jonas, cleo]) expect(await asks(who, first)).toBeUndefined();
    await put("Cleo");
    expect((await patiently("Cleo may read it", () => asks(cleo, first)))?.content).toContain("old mill");
    expect(await asks(jonas, first)).toBeUndefined();
    await takeOut("Cleo");
    await anna.page.getByText("gets nothing new", { exact: false }).waitFor();
    expect(await asks(cleo, second)).toBeUndefined();
    await post("Without Cleo again.", ["Jonas"], 1);
    await comes(ben, "Without Cleo again.");
    expect(await has(cleo, "Without Cleo again.")).toBe(false);
  });

  test("whoever answers reaches the whole circle by Anna's device, and nobody else", async () => {
    const copy = await comes(ben, "And all of us sing.");
    await ben.api("POST", "/api/v1/statuses", { status: "I take the low part.", in_reply_to_id: copy.id });
    const at = await comes(jonas, "And all of us sing.");
    await patiently("Jonas reads what Ben answered", async () => {
      const { descendants } = await jonas.api<{ descendants: Told[] }>(
        "GET",
        `/api/v1/statuses/${at.id}/context`,
      );
      return descendants.find(({ content }) => content.includes("low part"));
    });
    await jonas.go(`/posts/${at.id}`);
    await jonas.page.getByText("I take the low part.").waitFor();
    expect(await asks(cleo, `${copy.uri}/context`)).toBeUndefined();
    expect(await has(cleo, "low part")).toBe(false);
  });

  test("friends: asked with words, agreed, and what is for friends reaches a friend who subscribes to nothing", async () => {
    await cleo.go(pathOf(anna));
    await cleo.page.getByText("Ask to be friends").first().click();
    await cleo.page.getByLabel("A few words").fill("From the choir");
    await cleo.press("Ask");
    await anna.sees("/people/requests", (page) => page.getByText("From the choir"));
    await anna.press("Be friends");
    await cleo.sees(pathOf(anna), (page) => page.getByText("Friends", { exact: true }));
    const account = await accountOf(cleo, anna);
    await cleo.api("POST", `/api/v1/accounts/${account?.id}/unfollow`);
    await anna.go("/");
    await anna.page.getByLabel("Your post").fill("Tea for friends.");
    await anna.page.locator(".who > summary").first().click();
    await anna.page.getByLabel("People I choose").first().check();
    await anna.page
      .getByLabel(/^All friends/)
      .first()
      .check();
    await anna.press("Post to 1 person");
    await comes(cleo, "Tea for friends.");
    expect(await has(ben, "Tea for friends.")).toBe(false);
  });
});
