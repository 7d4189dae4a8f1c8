import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { type ByPhone, type ByPhoneOptions, createByPhone } from "../../src/by-phone.ts";
import { readConfig } from "../../src/config.ts";
import { Device, type DeviceOptions } from "../../src/device.ts";
import { drawWords } from "../../src/lib/eight-words.ts";
import { systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import { keyOfWords } from "../../src/tor/word-key.ts";
import { eventually } from "../support/eventually.ts";
import { createTorNode, type TorNode } from "../support/tor-node.ts";

const torrc = inject("clientTorrc");
const fetchLimits = { attemptMs: 15_000, deadlineMs: 40_000, lookUpMs: 1_000 };

type OnPhone = AsyncDisposable & { node: TorNode; phone: ByPhone };

/** Somebody whose device has connected. */
async function somebody(more: Partial<ByPhoneOptions> = {}): Promise<OnPhone> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "by-phone-"));
  stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  const node = stack.use(await createTorNode({ torrc, fetchLimits }));
  const phone = stack.use(
    createByPhone({
      tor: node.tor,
      fetchOnce: node.torFetch.fetchOnce,
      ...{ folder, now: Date.now, random: systemRandom },
      ...more,
    }),
  );
  await node.tor.start();
  await eventually("it is connected", () => node.tor.state().at === "connected");
  const all = stack.move();
  return { node, phone, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** A whole device, unlocked and connected, without its pages. */
async function wholeDevice(stack: AsyncDisposableStack, name: string): Promise<Device> {
  const folder = await mkdtemp(join(tmpdir(), "phone-device-"));
  stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  const config = {
    ...readConfig(["--data", folder, "--no-open"], {
      ...process.env,
      TSSOP_TOR: process.env["TSSOP_TOR"] ?? "tor",
      TSSOP_QUICK_VAULT: "1",
    }),
    extraTorrc: torrc,
  };
  const log = createLog(() => {}, "silent");
  const options: DeviceOptions = { config, now: Date.now, log, version: "0", tell: () => {} };
  const device = new Device(options);
  stack.defer(() => device.seal());
  await device.setUp({ name, passphrase: "maple orbit lantern quiet", language: "en" });
  await eventually("it is reachable", () => device.serving?.tor.state().at === "reachable");
  return device;
}

const never = () => new AbortController().signal;
const briefOnions = async ({ node }: OnPhone) => (await node.tor.about())?.brief ?? [];

test("who types the eight words gets the text, once; then nobody does, and its address is gone", async () => {
  await using alice = await somebody();
  await using bob = await somebody();
  await using carol = await somebody();
  const { words, taken } = await alice.phone.offer("1234 for Bob");
  const typed = words.map((word, at) => `${at + 1}. ${word.slice(0, 4).toUpperCase()}`).join(", ");
  expect(await bob.phone.fetch(typed, never())).toBe("1234 for Bob");
  expect(await taken).toBe(true);
  await expect(carol.phone.fetch(words, never())).rejects.toMatchObject({ code: "phone-over" });
  await expect(bob.phone.fetch(words, never())).rejects.toMatchObject({ code: "phone-over" });
  await eventually(
    "its address is taken back",
    async () => (await alice.node.tor.about())?.published.length === 0,
  );
});

test("words that are typed before they are shown bring the text once they are", async () => {
  await using alice = await somebody();
  await using bob = await somebody();
  const drawn = systemRandom(16);
  const drawing = () => {
    let at = 0;
    return (bytes: number) => {
      at += bytes;
      return drawn.subarray(at - bytes, at);
    };
  };
  const words = drawWords(drawing());
  const { onion } = await keyOfWords(words);
  const fetched = bob.phone.fetch(words, never());
  await eventually(
    "he looked for it in vain",
    async () => (await bob.node.tor.hasDescriptor(onion)) === false,
  );
  await using shown = createByPhone({
    tor: alice.node.tor,
    fetchOnce: alice.node.torFetch.fetchOnce,
    ...{ folder: alice.node.folder, now: Date.now, random: drawing() },
  });
  const { words: same } = await shown.offer("late");
  expect(same).toEqual(words);
  expect(await fetched).toBe("late");
});

test("wrong words bring nothing, and the right ones still do", async () => {
  await using alice = await somebody();
  await using bob = await somebody({ limits: { patienceMs: 8_000 } });
  const { words } = await alice.phone.offer("not for guessing");
  const wrong = [...words.slice(1), words[0] === "zoo" ? "act" : "zoo"];
  await expect(bob.phone.fetch(wrong, never())).rejects.toMatchObject({ code: "phone-nobody" });
  expect(await bob.phone.fetch(words, never())).toBe("not for guessing");
});

test("who knows the address but not the key reaches nobody", async () => {
  await using alice = await somebody();
  await using bob = await somebody();
  const { words } = await alice.phone.offer("behind a key");
  const { onion } = await keyOfWords(words);
  await eventually("it is published", () => bob.node.tor.hasDescriptor(onion));
  const ask = () => bob.node.torFetch.fetchOnce(`http://${onion}/`, { method: "POST" });
  await expect(ask()).rejects.toMatchObject({ code: "peer-off" });
  const key = await keyOfWords(drawWords(systemRandom));
  {
    await using _wrong = bob.node.tor.authorize(onion, key.clientSecret);
    await expect(ask()).rejects.toMatchObject({ code: "peer-off" });
  }
  expect(await bob.phone.fetch(words, never())).toBe("behind a key");
});

test("after ten minutes nobody gets anything", async () => {
  let later = 0;
  await using alice = await somebody({ now: () => Date.now() + later });
  await using bob = await somebody({ limits: { patienceMs: 8_000 } });
  const { words, until, taken } = await alice.phone.offer("too late");
  expect(until - Date.now()).toBeLessThanOrEqual(600_000);
  await eventually("it is published", async () => (await briefOnions(alice)).length === 1);
  later = 600_000;
  expect(await taken).toBe(false);
  await expect(bob.phone.fetch(words, never())).rejects.toMatchObject({
    code: expect.stringMatching(/^phone-(nobody|over)$/),
  });
  expect((await alice.node.tor.about())?.published).toEqual([]);
});

test("a tor that is started again shows the words again, and looks for them again", async () => {
  await using alice = await somebody();
  await using bob = await somebody();
  const { words } = await alice.phone.offer("twice published");
  const { onion } = await keyOfWords(words);
  await eventually("it is published", () => bob.node.tor.hasDescriptor(onion));
  const before = (await alice.node.tor.about())?.pid ?? 0;
  process.kill(before, "SIGKILL");
  await eventually("another tor runs", async () => {
    // One that is just ending says nothing.
    const about = await alice.node.tor.about().catch(() => null);
    return about !== null && about.pid !== before && about.published.length === 1;
  });
  expect(await bob.phone.fetch(words, never())).toBe("twice published");
});

test("two whole devices do it, and one that is sealed takes its words back", async () => {
  await using stack = new AsyncDisposableStack();
  const [alice, bob] = [await wholeDevice(stack, "Alice"), await wholeDevice(stack, "Bob")];
  const first = await alice.acting?.offerByPhone("from Alice");
  expect(await bob.acting?.fetchByPhone(first?.words ?? [], never())).toBe("from Alice");
  expect(await first?.taken).toBe(true);
  const second = await alice.acting?.offerByPhone("not any more");
  await alice.seal();
  expect(await second?.taken).toBe(false);
  expect(alice.acting).toBeNull();
  const asked = bob.acting?.fetchByPhone(second?.words ?? [], AbortSignal.timeout(15_000));
  await expect(asked).rejects.toThrow();
});
