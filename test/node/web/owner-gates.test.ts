import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hiddenFields, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;

beforeEach(async () => {
  desk = await openOwnerDesk("fresh");
  browser = ownerBrowser(desk);
});
afterEach(() => desk[Symbol.asyncDispose]());

describe("the first start", () => {
  const rolledIn = (html: string) => hiddenFields(html, "/start")["rolled"] ?? "";

  test("without script, a name and the rolled words are enough", async () => {
    const page = await browser.follow(await browser.get("/"));
    const again = rolledIn(page.text).replaceAll("-", " ");
    const answer = await browser.send(page, "/start", { name: "Nora", again, do: "go" });
    expect(answer.status).toBe(303);
    expect(desk.asked).toEqual(["setUp Nora en"]);
    expect(desk.passphrase).toBe(rolledIn(page.text));
    expect((await browser.follow(answer)).text).toContain("Your connection");
  });
  test("rolling again and changing the language lose nothing that was typed", async () => {
    const page = await browser.get("/start");
    const rolled = await browser.send(page, "/start", { name: "Nora", do: "roll" });
    expect(rolledIn(rolled.text)).not.toBe(rolledIn(page.text));
    const german = await browser.send(rolled, "/start", { name: "Nora", do: "de" });
    expect(german.text).toContain('<html lang="de"');
    expect(german.text).toContain('value="Nora"');
    expect(rolledIn(german.text)).toBe(rolledIn(rolled.text));
  });
  test("a weak passphrase is refused with what to add, the name is kept, and the passphrase is not shown again", async () => {
    const page = await browser.get("/start");
    const answer = await browser.send(page, "/start", {
      name: "Nora",
      own: "nora1987",
      again: "nora1987",
      do: "go",
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain("Add two words");
    expect(answer.text).toContain('value="Nora"');
    expect(answer.text).not.toContain("nora1987");
    expect(rolledIn(answer.text)).toBe(rolledIn(page.text));
    expect(desk.asked).toEqual([]);
  });
  test("a passphrase typed differently is not taken", async () => {
    const page = await browser.get("/start");
    const answer = await browser.send(page, "/start", { name: "Nora", again: "something else", do: "go" });
    expect(answer.status).toBe(422);
    expect(desk.phase).toBe("fresh");
  });
  test("every page leads to the start until somebody lives here", async () => {
    for (const path of ["/", "/settings", "/nothing"]) {
      expect((await browser.get(path)).headers["location"]).toBe("/start");
    }
  });
  test("nobody can set it up a second time", async () => {
    const page = await browser.get("/start");
    desk.phase = "sealed";
    const again = rolledIn(page.text);
    expect((await browser.send(page, "/start", { name: "Mallory", again, do: "go" })).status).toBe(303);
    expect(desk.asked).toEqual([]);
  });
});

describe("a locked device", () => {
  beforeEach(() => {
    desk.phase = "sealed";
  });

  test("shows no name, whatever is asked for", async () => {
    for (const path of ["/", "/settings/profile", "/people", "/nothing", "/connecting", "/live"]) {
      const page = await browser.get(path);
      expect(page.text).toContain("Passphrase");
      expect(page.text).not.toContain("Nora");
    }
  });
  test("opens with its passphrase and goes on to the page that was asked for", async () => {
    const page = await browser.get("/settings/locking");
    const answer = await browser.send(page, "/unlock", { passphrase: desk.passphrase });
    expect(answer.headers["location"]).toBe("/settings/locking");
    expect((await browser.follow(answer)).status).toBe(200);
  });
  test("never goes on to another site", async () => {
    for (const to of ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]) {
      const page = await browser.get("/");
      const answer = await browser.send(page, "/unlock", { passphrase: desk.passphrase, to });
      expect(answer.headers["location"]).toBe("/");
      desk.phase = "sealed";
    }
  });
  test("says how long the wait is, in words, and that nobody is shut out", async () => {
    const page = await browser.get("/");
    const wrong = await browser.send(page, "/unlock", { passphrase: "no" });
    expect(wrong.status).toBe(403);
    expect(wrong.text).toContain("That did not open it.");
    desk.wait = 8_000;
    const early = await browser.send(wrong, "/unlock", { passphrase: desk.passphrase });
    expect(early.status).toBe(429);
    expect(early.text).toContain("The next try counts in 8 seconds");
    expect(early.text).toContain("you are never shut out");
    expect(early.headers["set-cookie"]).toBeUndefined();
    desk.wait = 0;
    expect((await browser.send(early, "/unlock", { passphrase: desk.passphrase })).status).toBe(303);
  });
  test("a login token does not stand for the passphrase", async () => {
    await browser.enter();
    expect((await browser.get("/settings")).status).toBe(403);
  });
  test("speaks the language that the browser asks for, or that was pressed", async () => {
    expect((await browser.get("/", { "accept-language": "de-AT,de;q=0.9" })).text).toContain(
      "Willkommen zurück",
    );
    expect((await browser.get("/?lang=de")).text).toContain("Willkommen zurück");
  });
});

describe("nothing is lost when the pages are locked", () => {
  const written = { name: "Nora", about: 'Grandpa’s <b>mill</b>\nand the "lake"' };

  beforeEach(async () => {
    desk.phase = "open";
    await browser.enter();
  });

  test("what is sent while locked is offered after unlocking, and done only then", async () => {
    const page = await browser.get("/settings/profile");
    desk.phase = "screen-locked";
    desk.tell({ changed: ["phase"] });
    const locked = await browser.send(page, "/settings/profile", written);
    expect(locked.status).toBe(403);
    expect(locked.text).toContain("What you wrote is kept");
    expect(locked.text).not.toMatch(/mill|Nora/);
    const wrong = await browser.send(locked, "/unlock", { passphrase: "no" });
    const resumed = await browser.send(wrong, "/unlock", { passphrase: desk.passphrase });
    expect(resumed.status).toBe(200);
    expect(resumed.text).toContain("You are in again");
    expect((await browser.get("/settings/profile")).text).not.toContain("mill");
    expect((await browser.send(resumed, "/settings/profile", {})).status).toBe(303);
    expect((await browser.get("/settings/profile")).text).toContain(
      "Grandpa’s &lt;b>mill&lt;/b>\nand the &quot;lake&quot;",
    );
  });
  test("what the script saves from a page that is locked under it is offered too", async () => {
    desk.phase = "screen-locked";
    const kept = new URLSearchParams({ about: "the old mill, on the 14th" }).toString();
    const locked = await browser.post("/keep", { "kept-to": "/settings/profile", kept });
    const resumed = await browser.send(locked, "/unlock", { passphrase: desk.passphrase });
    expect(resumed.text).toContain("the old mill, on the 14th");
  });
  test("a form from before the lock is asked about, not lost and not done", async () => {
    const page = await browser.get("/settings/profile");
    desk.tell({ changed: ["phase"] });
    desk.phase = "screen-locked";
    desk.tell({ changed: ["phase"] });
    desk.phase = "open";
    await browser.enter();
    const stale = await browser.send(page, "/settings/profile", written);
    expect(stale.status).toBe(403);
    expect(stale.text).toContain("Nothing was lost");
    expect((await browser.send(stale, "/settings/profile", {})).status).toBe(303);
    expect((await browser.get("/settings/profile")).text).toContain("mill");
  });
  test("passphrases are never carried along", async () => {
    const page = await browser.get("/settings/passphrase");
    desk.phase = "screen-locked";
    const secrets = { before: "the old secret", after: "the new secret", again: "the new secret" };
    const locked = await browser.send(page, "/settings/passphrase", secrets);
    expect(locked.status).toBe(403);
    expect(locked.text).not.toContain("secret");
  });
  test("kept words never lead to another site or to a gate", async () => {
    desk.phase = "screen-locked";
    for (const to of ["//evil.example/", "https://evil.example/", "/unlock", "/seal"]) {
      const locked = await browser.post("/keep", { "kept-to": to, kept: "text=hello+there" });
      expect(locked.text).not.toContain('name="kept"');
    }
  });
});

describe("being away", () => {
  beforeEach(async () => {
    desk.phase = "open";
    await browser.enter();
  });

  test("a browser that was silent for longer than the owner wants shows the passphrase again", async () => {
    desk.later += 29 * 60_000;
    expect((await browser.get("/settings")).status).toBe(200);
    desk.later += 31 * 60_000;
    expect((await browser.get("/settings")).status).toBe(403);
  });
  test("a page that only looks for news does not keep the pages open", async () => {
    for (const minutes of [10, 10, 11]) {
      desk.later += minutes * 60_000;
      await browser.get("/live/fresh?after=0", { "x-tssop-live": "1" });
    }
    expect((await browser.get("/settings")).status).toBe(403);
  });
  test("locking in one browser locks every browser", async () => {
    const other = ownerBrowser(desk);
    await other.enter();
    const page = await browser.get("/more");
    await browser.send(page, "/lock", {});
    expect(desk.phase).toBe("screen-locked");
    const unlock = await browser.get("/");
    await browser.send(unlock, "/unlock", { passphrase: desk.passphrase });
    expect((await browser.get("/settings")).status).toBe(200);
    expect((await other.get("/settings")).status).toBe(403);
  });
  test("locking everything drops the sessions with the keys", async () => {
    const page = await browser.get("/settings");
    await browser.send(page, "/seal", {});
    expect(desk.phase).toBe("sealed");
    expect((await browser.get("/settings")).text).toContain("Welcome back");
  });
});
