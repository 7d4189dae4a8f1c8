import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setInterval as every } from "node:timers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { setUp } from "../../../src/device.ts";
import { createLog } from "../../../src/lib/log.ts";
import { startNode } from "../../../src/node.ts";
import { savePerson } from "../../../src/social/people/save-person.ts";
import { lockFolder } from "../../../src/store/folder-lock.ts";
import { eventually } from "../../support/eventually.ts";
import { hiddenFields, type OwnerBrowser, ownerBrowser } from "../../support/owner-browser.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";
import { cardOf } from "../../support/people.ts";

let desk: OwnerDesk;
let browser: OwnerBrowser;

beforeAll(async () => {
  desk = await openOwnerDesk();
  browser = ownerBrowser(desk);
  await browser.enter();
});
afterAll(() => desk[Symbol.asyncDispose]());

/** Connections that never say a whole request: some nothing, some a letter of a header now and then. */
async function slowSockets(count: number): Promise<{ sockets: Socket[]; [Symbol.dispose](): void }> {
  const sockets = Array.from({ length: count }, () => connect(desk.port, "127.0.0.1"));
  for (const socket of sockets) socket.on("error", () => {}).resume();
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  const talking = sockets.filter((_, at) => at % 2 === 0);
  for (const socket of talking) socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${desk.port}\r\nX: `);
  const drip = every(() => {
    for (const socket of talking) if (socket.writable) socket.write("x");
  }, 100);
  const end = () => {
    clearInterval(drip);
    for (const socket of sockets) socket.destroy();
  };
  return { sockets, [Symbol.dispose]: end };
}

test("E4: two hundred slow connections are all cut, and the owner's page answers meanwhile", async () => {
  using slow = await slowSockets(200);
  const open = () => slow.sockets.filter((socket) => !socket.closed).length;
  expect(open()).toBe(200);
  let answered = 0;
  while (open() === 200) {
    expect((await browser.get("/settings")).status).toBe(200);
    answered += 1;
  }
  expect(answered).toBeGreaterThan(10);
  await eventually("every slow connection is cut", () => open() === 0, 15_000);
  expect((await browser.get("/settings")).status).toBe(200);
});

const BOUNDARY = "----TssopBoundary7Yh3";

describe("E13: the name of an upload", () => {
  test.each([
    ["leads up", "../../../etc/passwd"],
    ["is an absolute path", "/etc/passwd"],
    ["is a path of another system", "C:\\Windows\\win.ini"],
    ["has a zero byte", "a\0.png"],
    ["is a device", "CON"],
    ["is long", "x".repeat(4096)],
    ["is a file of ours", "vault.json"],
    ["is a tag", "<img src=x onerror=alert(1)>.png"],
    ["breaks the header", 'a"; filename="b'],
  ])("is used for nothing when it %s", async (_, name) => {
    desk.asked.length = 0;
    const { form } = hiddenFields((await browser.get("/settings/profile")).text, "/settings/picture");
    const body = [
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="form"\r\n\r\n${form}`,
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="picture"; filename="${name}"\r\nContent-Type: image/png\r\n\r\n12345`,
      `--${BOUNDARY}--\r\n`,
    ].join("\r\n");
    const answer = await browser.upload("/settings/picture", BOUNDARY, body);
    expect(answer.status).toBe(303);
    expect(desk.asked).toEqual(["addPicture 5"]);
    expect((await browser.follow(answer)).text).not.toContain(name);
  });
});

test("A31: a name on a page is clean, and set apart from what stands around it", async () => {
  const { house } = desk;
  const person = await house.meet("eve", "eve.example");
  const name = "\u202eEve\u202c \u05d0\u05d1<b>";
  const card = { ...cardOf("Eve"), uri: person.uri, host: person.host, handle: "eve", name };
  await house.acting.transact((tx) => savePerson(tx, card, house.acting.now()));
  await house.hear(person, { html: "<p>hello</p>", mentionsMe: true });
  for (const path of ["/", "/notices", "/people", `/people/${person.id}`]) {
    const { text } = await browser.get(path);
    const shown = [...text.matchAll(/(<(\w+)[^>]*>)Eve [^<]*/g)];
    expect(text, path).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/u);
    const loose = shown.filter(([, tag = ""]) => !/^<bdi|dir="auto"/.test(tag)).map(([all]) => all);
    expect(loose, path).toEqual([]);
  }
  expect((await browser.get(`/people/${person.id}`)).text).toContain("Eve \u05d0\u05d1&lt;b>");
});

describe("C10: guessing on the owner's page of a running node", () => {
  const PASSPHRASE = "maple orbit lantern quiet";

  test("waits after three misses, also with the right passphrase, and never locks out", async () => {
    const folder = mkdtempSync(join(tmpdir(), "tssop-guess-"));
    const config = readConfig(["--data", folder, "--no-open"], {
      TSSOP_QUICK_VAULT: "1",
      TSSOP_TOR: join(folder, "no-tor"),
    });
    const options = {
      config,
      now: Date.now,
      log: createLog(() => {}, "silent"),
      version: "0",
      tell: () => {},
    };
    try {
      {
        using _ = lockFolder(folder);
        await setUp(options, { name: "Nora", passphrase: PASSPHRASE, language: "en" });
      }
      await using node = await startNode(options);
      const at = { origin: node.owner, port: Number(new URL(node.owner).port), newLoginToken: () => "" };
      const guesser = ownerBrowser(at);
      const guess = async (passphrase: string) => {
        const page = await guesser.follow(await guesser.get("/"));
        return (await guesser.send(page, "/unlock", { passphrase })).status;
      };
      const first: number[] = [];
      for (let times = 0; times < 10; times += 1) first.push(await guess(`guess number ${times}`));
      expect(first.slice(0, 3)).toEqual([403, 403, 403]);
      expect(first.slice(3)).toContain(429);
      expect(await guess(PASSPHRASE)).toBe(429);
      await eventually("the right passphrase opens", async () => (await guess(PASSPHRASE)) === 303);
      expect((await guesser.get("/settings")).status).toBe(200);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
