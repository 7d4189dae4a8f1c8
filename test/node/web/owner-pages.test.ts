import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listTokens } from "../../../src/social/tokens/tokens.ts";
import type { NetworkTrouble } from "../../../src/web/ports.ts";
import { eventually } from "../../support/eventually.ts";
import { type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;

beforeEach(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterEach(() => desk[Symbol.asyncDispose]());

const titleOf = (html: string) => /<title>([^<]*)</.exec(html)?.[1];

test("titles name the kind of page only", async () => {
  const pages = {
    "/settings": "Settings",
    "/more": "More",
    "/connecting": "Connection",
    "/settings/profile": "Settings",
  };
  for (const [path, title] of Object.entries(pages)) {
    expect(titleOf((await browser.get(path)).text)).toBe(`${title} · TSSOP`);
  }
});

describe("the way to the network", () => {
  const since = Date.now() - 12_000;

  test("“People can reach you” stands there only after the test from outside", async () => {
    for (const network of [
      { at: "off" },
      { at: "connecting", percent: 45, stage: "loading_descriptors", since },
      { at: "connected", since },
      { at: "published", since },
    ] as const) {
      desk.network = network;
      const { text } = await browser.get("/connecting");
      expect(text).not.toContain("People can reach you");
      expect(text).toContain("Finding a way");
      expect(text).toContain('<noscript><meta http-equiv="refresh" content="3"');
      expect((await browser.get("/settings")).text).not.toContain("People can reach you");
    }
    desk.network = { at: "reachable", since, testedAt: Date.now() };
    expect((await browser.get("/connecting")).text).toContain("People can reach you");
  });
  test("each trouble has a sentence and a next step on the same page", async () => {
    const troubles: NetworkTrouble[] = [
      "tor-missing",
      "tor-too-old",
      "no-network",
      "clock-wrong",
      "blocked",
      "tor-died",
      "publish-refused",
      "not-reachable-yet",
    ];
    for (const trouble of troubles) {
      desk.network = { at: "failed", trouble, since, nextTryAt: 0 };
      const page = await browser.get("/connecting");
      expect(page.text, trouble).toContain('value="retry"');
      await browser.send(page, "/connecting", { do: "retry" });
    }
    expect(desk.asked.filter((one) => one === "retryNetwork")).toHaveLength(troubles.length);
  });
  test("a bridge is pasted without script, and a wrong line stays to be mended", async () => {
    desk.network = { at: "failed", trouble: "blocked", since, nextTryAt: 0 };
    const page = await browser.get("/connecting");
    const wrong = await browser.send(page, "/connecting", { do: "bridges", bridges: "not a bridge" });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain("not a bridge</textarea>");
    const right = await browser.send(wrong, "/connecting", {
      do: "bridges",
      bridges: "Bridge 192.0.2.7:443 4352E584",
    });
    expect((await browser.follow(right)).text).toContain("The bridge is in use from now on");
  });
});

describe("settings", () => {
  test("name and words about the owner are changed, and an empty name is kindly refused", async () => {
    const page = await browser.get("/settings/profile");
    const refused = await browser.send(page, "/settings/profile", { name: " ", about: "Mills and lakes" });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain("Mills and lakes</textarea>");
    await browser.send(refused, "/settings/profile", { name: "Nora L.", about: "Mills and lakes" });
    expect((await browser.get("/settings/profile")).text).toContain('value="Nora L."');
  });
  test("what was done is said once, on the next page", async () => {
    const page = await browser.get("/settings/requests");
    const said = await browser.follow(await browser.send(page, "/settings/requests", { requests: "auto" }));
    expect(said.text).toContain("Saved.");
    expect(said.text).toContain("Whoever asks");
    expect((await browser.get("/settings")).text).not.toContain("Saved.");
  });
  test("the language is changed for every page", async () => {
    const page = await browser.get("/settings/language");
    const german = await browser.follow(await browser.send(page, "/settings/language", { language: "de" }));
    expect(german.text).toContain("Einstellungen");
    expect(german.text).toContain('<html lang="de"');
  });
  test("the passphrase is changed only by who knows the one in use", async () => {
    const page = await browser.get("/settings/passphrase");
    const next = "seven quiet boats at dawn";
    const fields = { before: "no", after: next, again: next };
    expect((await browser.send(page, "/settings/passphrase", fields)).status).toBe(422);
    expect(
      (
        await browser.send(page, "/settings/passphrase", {
          ...fields,
          before: desk.passphrase,
          after: "weak",
          again: "weak",
        })
      ).status,
    ).toBe(422);
    expect(
      (await browser.send(page, "/settings/passphrase", { ...fields, before: desk.passphrase })).status,
    ).toBe(303);
    expect(desk.passphrase).toBe(next);
  });
  test("an app's token is shown once, and taken back with one press", async () => {
    const page = await browser.get("/settings/apps");
    const made = await browser.send(page, "/settings/apps", { name: "Tusky", may: "read" });
    const secret = /tssop_[\w-]{43}/.exec(made.text)?.[0] ?? "";
    expect(secret).not.toBe("");
    const later = await browser.get("/settings/apps");
    expect(later.text).toContain("Tusky");
    expect(later.text).not.toContain(secret);
    const [token] = await listTokens(desk.acting.read);
    expect(token?.scopes).toEqual(["read"]);
    await browser.send(later, `/settings/apps/${token?.id}/revoke`, {});
    expect(await listTokens(desk.acting.read)).toEqual([]);
  });
  test("a picture is handed on by its bytes, under no name", async () => {
    const page = await browser.get("/settings/profile");
    const token = /name="form" value="([^"]*)"/.exec(page.text)?.[1] ?? "";
    const body = [
      `------TssopBoundary7Yh3\r\nContent-Disposition: form-data; name="form"\r\n\r\n${token}`,
      '------TssopBoundary7Yh3\r\nContent-Disposition: form-data; name="picture"; filename="../../etc/passwd"\r\nContent-Type: image/png\r\n\r\n12345',
      "------TssopBoundary7Yh3--\r\n",
    ].join("\r\n");
    const answer = await browser.upload("/settings/picture", "----TssopBoundary7Yh3", body);
    expect(answer.status).toBe(303);
    expect(desk.asked).toContain("addPicture 5");
  });
});

test("a link to the outside is no open redirect, and its page says what it costs", async () => {
  expect((await browser.get("/leave/0123456789abcdef0123456789abcdef")).status).toBe(404);
  expect((await browser.get("/leave/https://evil.example")).status).toBe(404);
});

test("a page that is not there looks the same as one that is not for you", async () => {
  const missing = await browser.get("/nothing/here");
  expect(missing.status).toBe(404);
  expect(missing.text).toContain("There is nothing here for you");
});

test("open pages hear the names of what changed, never content, and nothing once locked", async () => {
  let heard = "";
  let ended = false;
  const page = await browser.get("/more");
  expect(page.text).toContain('data-state="open"');
  const req = request(
    `${desk.origin}/live`,
    { headers: { cookie: browser.cookie(), "sec-fetch-site": "same-origin" } },
    (res) => {
      res.setEncoding("utf8");
      res.on("data", (part: string) => {
        heard += part;
      });
      res.on("end", () => {
        ended = true;
      });
    },
  );
  req.end();
  await eventually("the line is open", () => heard.includes("retry"));
  desk.tell({ changed: ["posts", "notices"] });
  await eventually("the news", () => heard.includes("data: posts notices\n\n"));
  desk.phase = "screen-locked";
  desk.tell({ changed: ["phase"] });
  await eventually("the end", () => ended);
});

test("new posts are counted for the page that shows some", async () => {
  const fresh = JSON.parse((await browser.get("/live/fresh?after=0")).text);
  expect(fresh).toEqual({ count: 0, text: "" });
});
