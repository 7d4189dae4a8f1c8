import { mkdtemp, rm } from "node:fs/promises";
import { createServer, get, type RequestListener, type Server } from "node:http";
import { get as httpsGet } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLog } from "../../src/lib/log.ts";
import { onionFromSeed } from "../../src/tor/onion-key.ts";
import { createTorFetch, type TorFetch, type TorFetchOptions } from "../../src/tor/tor-fetch.ts";
import { eventually } from "../support/eventually.ts";
import { type StandInSocks, startStandInSocks } from "../support/stand-in-socks.ts";

const onions = [1, 2, 3].map((byte) => onionFromSeed(Buffer.alloc(32, byte)).onion);
const [friend = "", other = "", mine = ""] = onions;
const limits = { attemptMs: 300, deadlineMs: 1_500, lookUpMs: 100, maxBytes: 10_000 };
const open: AsyncDisposable[] = [];
let folder: string;
let socks: StandInSocks;
let timedOut: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tor-fetch-"));
  socks = await startStandInSocks();
  timedOut = [];
});
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one[Symbol.asyncDispose]();
  await socks[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function site(onion: string, listener: RequestListener): Promise<{ connections: () => number }> {
  const server: Server = createServer(listener);
  let connections = 0;
  server.on("connection", () => {
    connections += 1;
  });
  const path = join(folder, `${open.length}.sock`);
  await new Promise<void>((resolve) => server.listen(path, resolve));
  socks.put(onion, { path });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  open.push({ [Symbol.asyncDispose]: stop });
  return { connections: () => connections };
}

function way(options: Partial<TorFetchOptions> = {}): TorFetch {
  const made = createTorFetch({
    socks: () => socks.address,
    onTimeout: async (host) => void timedOut.push(host),
    ownOnions: () => [mine],
    selfTestPath: "/self-test/",
    allowClearnet: (host) => host === "social.example.org",
    log: createLog(() => {}, "silent"),
    limits,
    ...options,
  });
  open.push(made);
  return made;
}

const refused = (code: string) => expect.objectContaining({ code });

test("D5: peers are asked for by name, each with credentials of its own that stay", async () => {
  const { connections } = await site(friend, (request, response) => response.end(request.headers.host));
  await site(other, (_request, response) => response.end("other"));
  const { fetch } = way();
  const first = await fetch(`https://${friend}/a`);
  expect(await first.text()).toBe(friend);
  expect(first.url).toBe(`http://${friend}/a`);
  await (await fetch(`http://${other}/`)).text();
  await (await fetch(`http://${friend}/b`)).text();
  expect(connections()).toBe(1);
  expect(socks.addresses).toEqual([]);
  expect(socks.asked).toEqual([
    { host: friend, port: 80, user: friend, password: "#0" },
    { host: other, port: 80, user: other, password: "#0" },
  ]);
});

test("D4: while Tor is down nothing is opened", async () => {
  await site(friend, (_request, response) => response.end("here"));
  const { fetch, agent } = way({ socks: () => null });
  await expect(fetch(`http://${friend}/`)).rejects.toEqual(refused("tor-down"));
  await expect(fetch(`http://${friend}/`, { method: "POST", body: "a" })).rejects.toEqual(
    refused("tor-down"),
  );
  const error = await new Promise((resolve) => get(`http://${friend}/`, { agent }).on("error", resolve));
  expect(error).toEqual(refused("tor-down"));
  expect(socks.asked).toEqual([]);
});

test("A21: what may not be asked is refused before a socket is opened", async () => {
  const { fetch } = way();
  for (const address of [
    "http://127.0.0.1/",
    "http://[::1]/",
    "https://example.org/",
    "http://printer.local/",
  ]) {
    await expect(fetch(address), address).rejects.toEqual(refused("clearnet-refused"));
  }
  await expect(fetch(`http://${mine}/people/me`)).rejects.toEqual(refused("address-own"));
  await expect(fetch(`http://www.${friend}/`)).rejects.toEqual(refused("address-not-understood"));
  expect(socks.asked).toEqual([]);
  await site(mine, (_request, response) => response.end("me"));
  expect(await (await fetch(`http://${mine}/self-test/1`)).text()).toBe("me");
});

test("a peer that does not answer in time is looked up anew and asked once more on a new circuit", async () => {
  let answers = 0;
  await site(friend, (_request, response) => {
    answers += 1;
    if (answers > 1) response.end("moved");
  });
  const { fetch } = way();
  const response = await fetch(`http://${friend}/`);
  expect(await response.text()).toBe("moved");
  expect(timedOut).toEqual([friend]);
  expect(socks.asked.map(({ password }) => password)).toEqual(["#0", "#1"]);
  await (await fetch(`http://${friend}/`)).text();
  expect(new Set(socks.asked.map(({ password }) => password))).toEqual(new Set(["#0", "#1"]));
});

test("a delivery that may have arrived is not sent twice, one that cannot have is", async () => {
  let arrived = 0;
  await site(friend, () => {
    arrived += 1;
  });
  const { fetch } = way();
  const deliver = (onion: string) => fetch(`http://${onion}/inbox`, { method: "POST", body: "{}" });
  await expect(deliver(friend)).rejects.toEqual(refused("peer-off"));
  expect(arrived).toBe(1);
  const bodies: string[] = [];
  await site(other, async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()).toString());
    response.writeHead(202).end();
  });
  socks.spoil(other, "frozen");
  const delivered = deliver(other);
  await eventually("the first try hangs", () => socks.asked.some(({ host }) => host === other));
  socks.spoil(other, null);
  expect((await delivered).status).toBe(202);
  expect(bodies).toEqual(["{}"]);
});

test("requests to the same frozen peer change its credentials once", async () => {
  await site(friend, (_request, response) => response.end("back"));
  socks.spoil(friend, "frozen");
  const { fetch } = way();
  const asked = Array.from({ length: 3 }, () => fetch(`http://${friend}/`));
  await eventually("all hang", () => socks.asked.length === 3);
  socks.spoil(friend, null);
  for (const response of await Promise.all(asked)) expect(await response.text()).toBe("back");
  expect(timedOut).toEqual([friend]);
  expect(new Set(socks.asked.map(({ password }) => password))).toEqual(new Set(["#0", "#1"]));
});

test("a peer without a descriptor is off at once; failed introductions are tried once more", async () => {
  const { fetch } = way();
  await expect(fetch(`http://${friend}/`)).rejects.toEqual(refused("peer-off"));
  expect(socks.asked).toHaveLength(1);
  expect(timedOut).toEqual([]);
  socks.spoil(other, 0xf2);
  await expect(fetch(`http://${other}/`)).rejects.toEqual(refused("peer-off"));
  expect(socks.asked.filter(({ host }) => host === other)).toHaveLength(2);
  expect(timedOut).toEqual([other]);
});

test("A25: an answer that never ends is cut off at the deadline", async () => {
  await site(friend, (_request, response) => {
    const drip = setInterval(() => response.write("."), 50);
    response.on("close", () => clearInterval(drip));
  });
  const { fetch } = way();
  const began = performance.now();
  const response = await fetch(`http://${friend}/`);
  await expect(response.text()).rejects.toEqual(refused("peer-off"));
  expect(performance.now() - began).toBeLessThan(3_000);
});

test("A25: an answer that is too large is cut off, however it is packed", async () => {
  const bomb = gzipSync(Buffer.alloc(5_000_000));
  await site(friend, (request, response) => {
    if (request.url === "/said") response.writeHead(200, { "content-length": "20000" });
    if (request.url === "/bomb")
      response.writeHead(200, { "content-encoding": "gzip", "content-length": bomb.length });
    if (request.url === "/chunked") response.write(".");
    if (request.url === "/fits") response.end(Buffer.alloc(10_000));
    else response.end(request.url === "/bomb" ? bomb : Buffer.alloc(20_000));
  });
  const { fetch } = way();
  expect((await (await fetch(`http://${friend}/fits`)).arrayBuffer()).byteLength).toBe(10_000);
  await expect(fetch(`http://${friend}/said`)).rejects.toEqual(refused("response-too-large"));
  for (const path of ["/chunked", "/bomb"]) {
    const response = await fetch(`http://${friend}${path}`);
    await expect(response.arrayBuffer(), path).rejects.toEqual(refused("response-too-large"));
  }
});

test("A22: redirects stay on the same host and end after three", async () => {
  await site(friend, (request, response) => {
    const to: Record<string, string> = {
      "/one": "/two",
      "/two": `https://${friend}/end`,
      "/loop": "/loop",
      "/away": `http://${other}/`,
      "/local": "http://127.0.0.1:22/",
    };
    const location = to[request.url ?? ""];
    if (location === undefined) response.end("arrived");
    else response.writeHead(302, { location }).end();
  });
  const { fetch } = way();
  const response = await fetch(`http://${friend}/one`);
  expect([await response.text(), response.url, response.redirected]).toEqual([
    "arrived",
    `http://${friend}/end`,
    true,
  ]);
  for (const path of ["/loop", "/away", "/local"]) {
    await expect(fetch(`http://${friend}${path}`), path).rejects.toEqual(refused("peer-refused"));
  }
  await expect(fetch(`http://${friend}/one`, { redirect: "error" })).rejects.toEqual(refused("peer-refused"));
  await expect(fetch(`http://${friend}/one`, { method: "POST", body: "a" })).rejects.toEqual(
    refused("peer-refused"),
  );
  expect((await fetch(`http://${friend}/one`, { redirect: "manual" })).status).toBe(302);
  expect(new Set(socks.asked.map(({ host }) => host))).toEqual(new Set([friend]));
});

test("a request that the caller gives up ends with the caller's reason", async () => {
  await site(friend, () => {});
  const reason = new Error("not needed any more");
  const giveUp = new AbortController();
  const asked = way().fetch(`http://${friend}/`, { signal: giveUp.signal });
  await eventually("it is under way", () => socks.asked.length === 1);
  giveUp.abort(reason);
  await expect(asked).rejects.toBe(reason);
  expect(timedOut).toEqual([]);
});

test("an allowed server outside is asked for by name, on port 443", async () => {
  const asked = way().fetch("https://social.example.org/");
  await expect(asked).rejects.toEqual(refused("peer-off"));
  expect(socks.asked).toMatchObject([{ host: "social.example.org", port: 443 }]);
});

test("node:http goes the same way by the agent", async () => {
  await site(friend, (request, response) => response.end(request.headers.host));
  const { agent } = way();
  const answer = await new Promise<string>((resolve, reject) => {
    get(`http://${friend}/`, { agent }, async (response) => {
      resolve(Buffer.concat(await response.toArray()).toString());
    }).on("error", reject);
  });
  expect(answer).toBe(friend);
  expect(socks.asked).toEqual([{ host: friend, port: 80, user: friend, password: "#0" }]);
  for (const address of ["http://127.0.0.1/", `http://${friend}:22/`]) {
    const error = await new Promise((resolve) => get(address, { agent }).on("error", resolve));
    expect(error, address).toEqual(refused("clearnet-refused"));
  }
  const secure = await new Promise((resolve) =>
    httpsGet("https://example.org/", { agent }).on("error", resolve),
  );
  expect(secure).toEqual(refused("clearnet-refused"));
  expect(socks.asked).toHaveLength(1);
});

test("once installed, every fetch of the process is this one", async () => {
  await site(friend, (_request, response) => response.end("installed"));
  const before = globalThis.fetch;
  try {
    way().install();
    expect(await (await fetch(`https://${friend}/`)).text()).toBe("installed");
    await expect(fetch("http://127.0.0.1/")).rejects.toEqual(refused("clearnet-refused"));
    // Also Node's own fetch, for whoever kept it before.
    expect(await (await before(`http://${friend}/`)).text()).toBe("installed");
    const error = await before("http://127.0.0.1/").catch((caught: Error) => caught.cause ?? caught);
    expect(error).toEqual(refused("clearnet-refused"));
  } finally {
    globalThis.fetch = before;
    vi.unstubAllGlobals();
  }
});
