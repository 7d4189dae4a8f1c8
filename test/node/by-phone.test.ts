import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ByPhone, type ByPhoneOptions, createByPhone } from "../../src/by-phone.ts";
import { systemRandom } from "../../src/lib/ids.ts";
import type { OnionService } from "../../src/tor/contract.ts";
import { onionFromSeed } from "../../src/tor/onion-key.ts";
import { eventually } from "../support/eventually.ts";

/** A network in Tor's place: who has the key reaches the socket behind an address. */
const network = new Map<string, OnionService>();
const keys = new Set<string>();
let folder: string;
let time: number;
let isUp: boolean;
const open: AsyncDisposable[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "by-phone-"));
  time = 1_000_000;
  isUp = true;
  network.clear();
  keys.clear();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const tor: ByPhoneOptions["tor"] = {
  publishBriefly: (service) => {
    const { onion } = onionFromSeed(service.seed);
    network.set(onion, service);
    return { [Symbol.asyncDispose]: async () => void network.delete(onion) };
  },
  authorize: (onion) => {
    keys.add(onion);
    return { [Symbol.asyncDispose]: async () => void keys.delete(onion) };
  },
  seek: async (onion) => network.has(onion) && keys.has(onion),
  socks: () => (isUp ? { path: "/socks.sock" } : null),
};

function socketOf(host: string): string {
  const target = network.get(host)?.target;
  if (target === undefined || !("path" in target)) throw new TypeError("nobody there");
  return target.path;
}

type Asked = { method?: string; path?: string };

function ask(
  socketPath: string,
  asked: Asked = {},
): Promise<{ status: number; text: string; head: IncomingMessage["headers"] }> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, method: "POST", path: "/", ...asked }, (res) => {
      let text = "";
      res.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      res.on("end", () => resolve({ status: res.statusCode ?? 0, text, head: res.headers }));
    });
    call.on("error", reject).end();
  });
}

const fetchOnce: typeof globalThis.fetch = async (input, init) => {
  const { hostname, pathname } = new URL(String(input));
  const { status, text } = await ask(socketOf(hostname), { method: init?.method ?? "GET", path: pathname });
  return new Response(text, { status });
};

function device(more: Partial<ByPhoneOptions> = {}, name = "device"): ByPhone {
  const made = createByPhone({
    ...{ tor, fetchOnce, folder: join(folder, name), now: () => time, random: systemRandom },
    limits: { patienceMs: 200, betweenMs: 5, graceMs: 20 },
    ...more,
  });
  open.push(made);
  return made;
}

const never = () => new AbortController().signal;
const shownAt = () => eventually("it is shown", () => [...network.keys()][0]);

test("the text goes to whoever types the words, once, and the one who shows them sees that it was taken", async () => {
  const [alice, bob] = [device(), device({}, "bob")];
  const { words, until, taken } = await alice.offer("täglich 1234");
  expect(words).toHaveLength(8);
  expect(until).toBe(time + 600_000);
  expect(await bob.fetch(words.join("-"), never())).toBe("täglich 1234");
  expect(await taken).toBe(true);
  await eventually("the address is gone", () => network.size === 0);
  expect(keys.size).toBe(0);
  expect(existsSync(join(folder, "device", "run", "phone.sock"))).toBe(false);
  await expect(bob.fetch(words, never())).rejects.toMatchObject({ code: "phone-nobody" });
});

test("a second one who comes before the address is gone is told that the words were used", async () => {
  const [alice, bob] = [device({ limits: { graceMs: 60_000 } }), device({}, "bob")];
  const { words, taken } = await alice.offer("only one");
  expect(await bob.fetch(words, never())).toBe("only one");
  await expect(bob.fetch(words, never())).rejects.toMatchObject({ code: "phone-over" });
  expect(await taken).toBe(true);
});

test("of many at once, one gets it", async () => {
  await device({ limits: { graceMs: 60_000 } }).offer("for one");
  const path = socketOf(await shownAt());
  const answers = await Promise.all(Array.from({ length: 20 }, () => ask(path)));
  expect(answers.filter(({ status, text }) => status === 200 && text === "for one")).toHaveLength(1);
  expect(answers.filter(({ status, text }) => status === 404 && text === "")).toHaveLength(19);
});

test("anything but the one request gets nothing, tells nothing and takes nothing", async () => {
  const { words } = await device().offer("still here");
  const path = socketOf(await shownAt());
  for (const asked of [
    { method: "GET" },
    { path: "/x" },
    { path: "/?a" },
    { method: "HEAD" },
    { method: "PUT" },
  ]) {
    const { status, text, head } = await ask(path, asked);
    expect({ status, text }, JSON.stringify(asked)).toEqual({ status: 404, text: "" });
    expect(
      Object.keys(head).filter((name) => ["date", "server", "x-powered-by", "etag"].includes(name)),
    ).toEqual([]);
  }
  expect((await ask(path, { path: `/${"a".repeat(20_000)}` })).status).toBe(431);
  expect(await device({}, "bob").fetch(words, never())).toBe("still here");
});

test("after ten minutes it is not given, and ends by itself", async () => {
  const { taken } = await device().offer("too late");
  const path = socketOf(await shownAt());
  time += 600_000;
  expect((await ask(path)).status).toBe(404);
  expect(await taken).toBe(false);
  expect(network.size).toBe(0);
});

test("a new offer ends the one before, and cancelling ends any", async () => {
  const alice = device();
  const first = await alice.offer("one");
  const second = await alice.offer("two");
  expect(await first.taken).toBe(false);
  expect(network.size).toBe(1);
  expect(second.words).not.toEqual(first.words);
  await alice.cancel();
  expect(await second.taken).toBe(false);
  expect(network.size).toBe(0);
  await alice.cancel();
});

test("a device that is sealed shows nothing and looks for nothing any more", async () => {
  const [alice, bob] = [device(), device({ limits: { patienceMs: 60_000, betweenMs: 60_000 } }, "bob")];
  const { words, taken } = await alice.offer("gone with the keys");
  await alice[Symbol.asyncDispose]();
  expect(await taken).toBe(false);
  expect(network.size).toBe(0);
  const looking = bob.fetch(words, never());
  looking.catch(() => {});
  await eventually("he looks", () => keys.size === 1);
  await bob[Symbol.asyncDispose]();
  await expect(looking).rejects.toMatchObject({ code: "sealed" });
  expect(keys.size).toBe(0);
  await expect(alice.offer("again")).rejects.toMatchObject({ code: "sealed" });
});

test("what keeps words from bringing anything is told apart", async () => {
  const [alice, bob] = [device(), device({}, "bob")];
  await expect(bob.fetch("zoo ancor", never())).rejects.toMatchObject({ code: "phone-word-unknown" });
  await expect(bob.fetch("zoo act", never())).rejects.toMatchObject({ code: "phone-words-eight" });
  const { words } = await alice.offer("mine");
  await expect(alice.fetch(words, never())).rejects.toMatchObject({ code: "phone-own-words" });
  await alice.cancel();
  await expect(bob.fetch(words, never())).rejects.toMatchObject({ code: "phone-nobody" });
  isUp = false;
  await expect(bob.fetch(words, never())).rejects.toMatchObject({ code: "tor-down" });
  await expect(alice.offer("no way")).rejects.toMatchObject({ code: "tor-down" });
});

test("somebody who is there and never answers is given up, and said to be over", async () => {
  let asked = 0;
  const silent = async () => {
    asked += 1;
    throw new TypeError("no answer");
  };
  const bob = device({ fetchOnce: silent }, "bob");
  const { words } = await device().offer("unreachable");
  await expect(bob.fetch(words, never())).rejects.toMatchObject({ code: "phone-over" });
  expect(asked).toBe(1);
});

test("an answer from there is 1,024 bytes at most", async () => {
  const alice = device();
  const fits = "ä".repeat(512);
  const { words } = await alice.offer(fits);
  expect(await device({}, "bob").fetch(words, never())).toBe(fits);
  await expect(alice.offer(`${fits}a`)).rejects.toThrow(RangeError);
  await expect(alice.offer("")).rejects.toThrow(RangeError);
  const large = async () => new Response("a".repeat(1_025));
  const { words: others } = await alice.offer("small");
  await expect(device({ fetchOnce: large }, "carol").fetch(others, never())).rejects.toMatchObject({
    code: "response-too-large",
  });
});

test("whoever looks can stop, and pressing twice asks once", async () => {
  const [alice, bob] = [device(), device({ limits: { patienceMs: 60_000, betweenMs: 5 } }, "bob")];
  const { words } = await alice.offer("once");
  const both = await Promise.all([bob.fetch(words, never()), bob.fetch(words, never())]);
  expect(both).toEqual(["once", "once"]);
  const stop = new AbortController();
  const looking = bob.fetch([...words].reverse(), stop.signal);
  looking.catch(() => {});
  await eventually("he looks", () => keys.size === 1);
  await turn();
  stop.abort(new Error("enough"));
  await expect(looking).rejects.toThrow("enough");
  expect(keys.size).toBe(0);
});
