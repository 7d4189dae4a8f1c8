import { once } from "node:events";
import { type AddressInfo, createServer, Socket } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { NodeError } from "../../src/lib/errors.ts";
import { AS, PUBLIC } from "../support/besieged.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import { type OnionSites, openOnionSites } from "../support/onion-sites.ts";
import type { Peer } from "../support/peer.ts";

/** What a hostile server makes Anna's node ask for, with the real way out, real HTTP and short patience. */
const limits = { attemptMs: 1_000, deadlineMs: 1_500, lookUpMs: 100 };
const stack = new AsyncDisposableStack();
let fediverse: Fediverse;
let sites: OnionSites;
let anna: Member;

beforeAll(async () => {
  fediverse = stack.use(await createFediverse());
  sites = stack.use(await openOnionSites(limits));
  anna = await fediverse.join("Anna");
});
afterAll(() => stack.disposeAsync());
beforeEach(() => {
  sites.socks.asked.length = 0;
});

const hostsAsked = () => [...new Set(sites.socks.asked.map(({ host }) => host))];

/** A request to subscribe that says it is signed by the key at that address; what came of it, and how many sockets it took. */
async function signedFrom(address: string): Promise<{ status: number; sockets: number }> {
  const mallory = await sites.peer("mallory");
  const keyId = address.replace("OWN", mallory.keyId);
  const activity = { "@context": AS, id: `${mallory.origin}/acts/1`, type: "Follow", object: anna.uri };
  const request = mallory.signed(
    `http://${anna.host}/inbox`,
    { ...activity, actor: mallory.uri, to: PUBLIC },
    { keyId },
  );
  const opened = vi.spyOn(Socket.prototype, "connect");
  try {
    const { status } = await fediverse.ask(request);
    if (status !== 202) await expect(anna.federation.lookUp(keyId)).rejects.toThrow(NodeError);
    return { status, sockets: opened.mock.calls.length };
  } finally {
    opened.mockRestore();
  }
}

describe("A21: a key that lies where nobody may look", () => {
  let knocks = 0;
  let port = 0;
  const trap = createServer((socket) => {
    knocks += 1;
    socket.destroy();
  });
  beforeAll(async () => {
    await once(trap.listen(0), "listening");
    port = (trap.address() as AddressInfo).port;
  });
  afterAll(() => void trap.close());

  test("an honest one takes a socket, which is counted", async () => {
    expect(await signedFrom("OWN")).toEqual({ status: 202, sockets: expect.toSatisfy((count) => count > 0) });
  });

  test.each([
    "http://127.0.0.1:PORT/key",
    "http://localhost:PORT/key",
    "http://[::1]:PORT/key",
    "http://[::]:PORT/key",
    "http://[::ffff:127.0.0.1]:PORT/key",
    "http://0.0.0.0:PORT/key",
    "http://2130706433:PORT/key",
    "http://127.1:PORT/key",
    "http://192.168.1.1/key",
    "http://10.0.0.1/key",
    "http://169.254.169.254/latest/meta-data",
    "http://[fe80::1]/key",
    "http://printer.local/key",
    "http://router/key",
    "https://social.example.org/key",
    "file:///etc/passwd",
    "data:application/activity+json,{}",
    "gopher://127.0.0.1:PORT/key",
    "http://short.onion/key",
  ])("%s is asked by nobody, and its signature counts for nothing", async (address) => {
    expect(await signedFrom(address.replace("PORT", String(port)))).toEqual({ status: 401, sockets: 0 });
    expect([knocks, sites.socks.asked, sites.socks.addresses]).toEqual([0, [], []]);
  });
});

/** A peer that answers its own address with a redirect to the first of these, that one to the second, and so on. */
async function leading(steps: (own: string) => string[]) {
  const liz: Peer = await sites.peer("liz", (path, _request, response) => {
    const at = path === "/users/liz" ? 0 : Number(/^\/step\/(\d+)$/.exec(path)?.[1] ?? Number.NaN);
    const location = steps(liz.host)[at];
    if (location !== undefined) response.writeHead(302, { location }).end();
    return location !== undefined;
  });
  return liz;
}

describe("A22: a redirect", () => {
  test("three of them on the same host are followed, and a fourth is not", async () => {
    for (const [count, found] of [
      [3, true],
      [4, false],
    ] as const) {
      const steps = Array.from({ length: count }, (_, at) =>
        at === count - 1 ? "/users/new" : `/step/${at + 1}`,
      );
      const liz = await leading(() => steps);
      const actor = liz.documents.get("/users/liz") as object;
      const moved = `${liz.origin}/users/new`;
      liz.documents.set("/users/new", { ...actor, id: moved, inbox: `${moved}/inbox` });
      const finding = anna.federation.lookUp(liz.uri);
      if (found) expect(await finding).toHaveProperty("personId");
      else await expect(finding).rejects.toMatchObject({ code: "peer-off" });
      expect(liz.asked).toEqual(found ? ["/users/new"] : []);
    }
  });

  test.each<[string, (own: string) => string[]]>([
    ["in a circle", () => ["/step/1", "/step/2", "/step/1"]],
    ["to another onion", () => [`http://${"a".repeat(56)}.onion/`]],
    ["to a server outside", () => ["https://social.example.org/users/liz"]],
    ["to this computer", () => ["http://127.0.0.1:22/"]],
    ["to this computer by a name", () => ["http://localhost/"]],
    ["to a file", () => ["file:///etc/passwd"]],
    ["to data", () => ["data:application/activity+json,{}"]],
    ["to another port", (own) => [`http://${own}:9050/`]],
    ["that says nothing", () => [""]],
  ])("%s leads nobody anywhere", async (_, steps) => {
    const liz = await leading(steps);
    await expect(anna.federation.lookUp(liz.uri)).rejects.toMatchObject({ name: "NodeError" });
    expect(hostsAsked()).toEqual([liz.host]);
    expect(sites.socks.addresses).toEqual([]);
    expect(liz.asked).toEqual([]);
  });
});

describe("A25: an answer", () => {
  const type = { "content-type": "application/activity+json" };

  test("of one byte at a time is cut off at the deadline, and others are not kept waiting by it", async () => {
    const slow = await sites.peer("liz", (_path, _request, response) => {
      response.writeHead(200, type);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
      return true;
    });
    const honest = await sites.peer("fred");
    let over = false;
    const began = performance.now();
    const dripping = anna.federation.lookUp(slow.uri).catch((error: unknown) => error);
    void dripping.then(() => {
      over = true;
    });
    expect(await anna.federation.lookUp(honest.uri)).toHaveProperty("personId");
    expect(over).toBe(false);
    expect(await dripping).toMatchObject({ code: "peer-off" });
    expect(performance.now() - began).toBeLessThan(limits.deadlineMs * 4);
  });

  test.each<[string, (write: (part: Buffer) => boolean) => void]>([
    ["that says it is huge", () => {}],
    [
      "that never ends",
      (write) => {
        const more = () => {
          if (write(Buffer.alloc(65_536, 32))) setImmediate(more);
        };
        more();
      },
    ],
  ])("%s is cut off at 1 MiB", async (what, fill) => {
    let sent = 0;
    const liz = await sites.peer("liz", (_path, _request, response) => {
      const length = what === "that never ends" ? {} : { "content-length": String(1 << 30) };
      response.writeHead(200, { ...type, ...length }).flushHeaders();
      fill((part) => {
        sent += part.length;
        response.write(part);
        return !response.destroyed;
      });
      return true;
    });
    await expect(anna.federation.lookUp(liz.uri)).rejects.toMatchObject({ code: "response-too-large" });
    expect(sent).toBeLessThan(16 << 20);
  });

  test("that is a page full of links is not read, and no link of it is followed", async () => {
    const link = '<link rel="alternate" type="application/activity+json" href="/users/other">';
    const liz = await sites.peer("liz", (path, _request, response) => {
      if (path !== "/users/liz") return false;
      response.writeHead(200, { "content-type": "text/html" }).end(`<html>${link.repeat(10_000)}`);
      return true;
    });
    await expect(anna.federation.lookUp(liz.uri)).rejects.toMatchObject({ code: "person-not-found" });
    expect(liz.asked).toEqual([]);
    expect(hostsAsked()).toEqual([liz.host]);
  });
});

test.each([
  "text/html",
  "text/plain",
  "application/json",
  "application/ld+json",
  'application/ld+json; profile="http://www.w3.org/ns/json-ld#expanded"',
  "image/jpeg",
  "",
])("A23: a person served as “%s” is nobody", async (contentType) => {
  const liz = await sites.peer("liz", (_path, _request, response) => {
    const headers: Record<string, string> = contentType === "" ? {} : { "content-type": contentType };
    response.writeHead(200, headers).end(JSON.stringify(liz.documents.get("/users/liz")));
    return true;
  });
  await expect(anna.federation.lookUp(liz.uri)).rejects.toMatchObject({ code: "person-not-found" });
  expect(await anna.store.read.person.count({ where: { host: liz.host } })).toBe(0);
});
