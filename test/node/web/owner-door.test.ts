import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exchange, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;

beforeAll(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterAll(() => desk[Symbol.asyncDispose]());

/** Bytes as they are, for what no client would send; the answer as it came, "" when the line was just cut. */
function raw(text: string): Promise<string> {
  return new Promise((resolve) => {
    let got = "";
    const socket = connect(desk.port, "127.0.0.1", () => socket.write(text));
    socket.setEncoding("utf8");
    socket.on("data", (part) => {
      got += part;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(got));
  });
}

describe("E1: the page answers under its own name only", () => {
  test.each(["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", "[::1]", "127.0.0.1.evil.example"])(
    "a request for %s is refused",
    async (host) => {
      const answer = await exchange(desk.port, "GET", "/", { host });
      expect(answer.status).toBe(421);
      expect(answer.text).not.toContain("<");
    },
  );
  test("two Hosts, none, HTTP/1.0 and a proxy's form are refused", async () => {
    const host = `Host: 127.0.0.1:${desk.port}`;
    const end = "\r\nConnection: close\r\n\r\n";
    expect(await raw(`GET / HTTP/1.1\r\n${host}\r\nHost: evil.example${end}`)).toContain(" 400 ");
    expect(await raw(`GET / HTTP/1.1\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\S+ 400 (?!.*\r\nDate:)/s);
    expect(await raw(`GET / HTTP/1.0\r\n${host}${end}`)).toContain(" 400 ");
    expect(await raw(`GET http://127.0.0.1:${desk.port}/ HTTP/1.1\r\n${host}${end}`)).toContain(" 400 ");
  });
});

describe("E2: no other page may act here or look", () => {
  test.each([
    ["a foreign origin", { origin: "https://evil.example" }],
    ["an origin of null", { origin: "null" }],
    ["another port of this computer", { origin: "http://127.0.0.1:1" }],
    ["another name of this computer", { origin: "http://localhost:7777" }],
    ["a browser that says cross-site", { "sec-fetch-site": "cross-site" }],
    ["a browser that says same-site", { "sec-fetch-site": "same-site" }],
  ])("a change from %s is refused", async (_what, headers: Record<string, string>) => {
    const page = await browser.get("/settings/locking");
    const form = /name="form" value="([^"]*)"/.exec(page.text)?.[1] ?? "";
    expect(form).not.toBe("");
    const answer = await browser.post("/settings/locking", { form, minutes: "5" }, headers);
    expect(answer.status).toBe(403);
    expect((await browser.get("/settings")).text).toContain("After 30 minutes");
  });
  test("a change without an origin is refused", async () => {
    const answer = await exchange(desk.port, "POST", "/lock", {}, "");
    expect(answer.status).toBe(403);
  });
  test("a link on another site shows nothing of the owner, and a script there gets no word", async () => {
    const page = await browser.get("/settings/profile", { "sec-fetch-site": "cross-site" });
    expect(page.status).toBe(403);
    expect(page.text).not.toContain("Nora");
    expect(page.headers["connection"]).toBe("close");
    const script = await browser.get("/settings/profile", {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "no-cors",
    });
    expect(script).toMatchObject({ status: 403, text: "" });
  });
  test("only the way in takes a form of the file that the program opens", async () => {
    const fromFile = { origin: "null", "sec-fetch-site": "cross-site" };
    expect((await browser.post("/unlock", { passphrase: "x" }, fromFile)).status).toBe(403);
    expect((await browser.post("/enter", { token: "x" }, fromFile)).status).toBe(403);
    expect((await browser.post("/enter", { token: desk.newLoginToken() }, fromFile)).status).toBe(200);
  });
});

test("E3: two lengths for one body, and headers without end, are refused", async () => {
  const head = `POST /lock HTTP/1.1\r\nHost: 127.0.0.1:${desk.port}\r\n`;
  expect(await raw(`${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`)).toContain(
    " 400 ",
  );
  expect(await raw(`GET / HTTP/1.1\r\nX: ${"x".repeat(20_000)}\r\n\r\n`)).toContain(" 431 ");
});

test("an expectation that nobody meets is refused, without the clock of this device", async () => {
  const text = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${desk.port}\r\nExpect: tea\r\nConnection: close\r\n\r\n`;
  expect(await raw(text)).toMatch(/^HTTP\S+ 417 (?!.*\r\nDate:)/s);
});

test("nothing large is read of somebody who is not in", async () => {
  const stranger = ownerBrowser(desk);
  for (const path of ["/unlock", "/keep", "/enter", "/strength"]) {
    const answer = await stranger.upload(path, "b", "--b--\r\n");
    expect(answer.status, path).toBe(400);
  }
});

describe("E5: what another program on this computer could get is not enough", () => {
  test("a login token opens the pages once", async () => {
    const token = desk.newLoginToken();
    const first = ownerBrowser(desk);
    await first.post("/enter", { token });
    expect((await first.get("/settings")).status).toBe(200);
    const second = ownerBrowser(desk);
    expect((await second.post("/enter", { token })).status).toBe(403);
    expect((await second.get("/settings")).status).toBe(403);
  });
  test("a login token is too old after five minutes", async () => {
    const token = desk.newLoginToken();
    desk.later += 5 * 60_000 + 1;
    expect((await ownerBrowser(desk).post("/enter", { token })).status).toBe(403);
  });
  test("the cookie is for this page alone and has a new name in each run", async () => {
    const answer = await ownerBrowser(desk).post("/enter", { token: desk.newLoginToken() });
    const [cookie = ""] = [answer.headers["set-cookie"] ?? []].flat();
    expect(cookie).toMatch(/^tssop_[0-9a-f]{12}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    await using other = await openOwnerDesk();
    const there = await ownerBrowser(other).post("/enter", { token: other.newLoginToken() });
    expect(String(there.headers["set-cookie"]).split("=")[0]).not.toBe(cookie.split("=")[0]);
  });
  test("a cookie without the form's token changes nothing", async () => {
    const mine = ownerBrowser(desk);
    await mine.enter();
    const answer = await mine.post("/settings/locking", { minutes: "5" });
    expect(answer.status).toBe(403);
    const wrong = await mine.post("/settings/locking", { minutes: "5", form: "x".repeat(43) });
    expect(wrong.status).toBe(403);
    expect((await mine.get("/settings")).text).toContain("After 30 minutes");
  });
});

const PATHS = [
  "/",
  "/start",
  "/unlock",
  "/enter",
  "/settings",
  "/settings/apps",
  "/more",
  "/connecting",
  "/leave/0",
  "/live/fresh",
];
const ODD_PATHS = [
  "/assets/tssop.css",
  "/assets/nothing.css",
  "/nothing",
  "/%",
  "/%2e%2e/etc/passwd",
  "/api/v1/instance",
];

describe("E9: every answer closes the door behind it", () => {
  test.each([...PATHS, ...ODD_PATHS])("%s", async (path) => {
    for (const who of [browser, ownerBrowser(desk)]) {
      const { headers, status } = await who.get(path);
      expect(status, path).toBeLessThan(500);
      expect(headers["content-security-policy"]).toBe(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers).toMatchObject({
        "cache-control": "no-store",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "x-dns-prefetch-control": "off",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
      for (const telling of ["server", "x-powered-by", "etag", "date", "last-modified"]) {
        expect(headers[telling], telling).toBeUndefined();
      }
    }
  });
  test("refusals and what breaks inside, too", async () => {
    desk.acting.storage = async () => {
      throw new Error("disk of /home/nora is gone");
    };
    const broken = await browser.get("/settings/storage");
    expect(broken.status).toBe(500);
    expect(broken.text).not.toContain("/home/nora");
    for (const { headers } of [
      broken,
      await exchange(desk.port, "GET", "/", { host: "evil.example" }),
      await exchange(desk.port, "DELETE", "/settings", { origin: desk.origin }),
      await browser.post("/unlock", { passphrase: "x".repeat(200_000) }),
    ]) {
      expect(headers["content-security-policy"]).toContain("default-src 'none'");
      expect(headers["cache-control"]).toBe("no-store");
      expect(headers["date"]).toBeUndefined();
    }
  });
});

test("a form larger than any of ours is cut off with a sentence", async () => {
  const answer = await browser.post("/settings/profile", { name: "x".repeat(800 * 1024) });
  expect(answer.status).toBe(413);
  expect(answer.text).toContain("more than fits");
});
