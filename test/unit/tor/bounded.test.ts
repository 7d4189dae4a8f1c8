import { expect, test } from "vitest";
import { onionOf } from "../../../src/lib/onion-name.ts";
import type { Control } from "../../../src/tor/control.ts";
import { Descriptors } from "../../../src/tor/descriptors.ts";
import { PeerAgents } from "../../../src/tor/peer-agents.ts";

const MANY = 10_000;
const onions = Array.from({ length: MANY + 1 }, (_, n) => {
  const key = Buffer.alloc(32);
  key.writeUInt32BE(n);
  return onionOf(key);
});

test("A27: ten thousand peers leave no more than a bounded memory of how they were reached", async () => {
  await using agents = new PeerAgents(() => null);
  const fresh = agents.credentials("peer0.example");
  agents.rotate("peer0.example");
  expect(agents.credentials("peer0.example")).not.toEqual(fresh);
  for (let n = 1; n <= MANY; n += 1) agents.rotate(`peer${n}.example`);
  expect(agents.credentials("peer0.example")).toEqual(fresh);
  expect(agents.credentials(`peer${MANY}.example`).password).not.toBe(fresh.password);
});

test("A27: ten thousand peers do not keep ten thousand pools open", async () => {
  await using agents = new PeerAgents(() => null);
  const first = agents.agent("peer0.example");
  expect(agents.agent("peer0.example")).toBe(first);
  for (let n = 1; n <= 1_000; n += 1) agents.agent(`peer${n}.example`);
  expect(agents.agent("peer0.example")).not.toBe(first);
  expect(first.closed).toBe(true);
});

test("A27: of ten thousand onions looked up, the first is forgotten", async () => {
  const descriptors = new Descriptors();
  let found = true;
  let exhausted = false;
  const control = {
    send: async (line: string) => {
      const onion = `${line.slice("HSFETCH ".length)}.onion`;
      queueMicrotask(() => descriptors.tell(onion, found, exhausted));
    },
  } as unknown as Control;
  const has = (n: number) => descriptors.has(control, onions[n] ?? "");
  expect(await has(0)).toBe(true);
  [found, exhausted] = [false, true];
  // The directories say nothing new, so what was found last stands.
  expect(await has(0)).toBe(true);
  [found, exhausted] = [true, false];
  for (let n = 1; n <= MANY; n += 1) await has(n);
  [found, exhausted] = [false, true];
  expect(await has(0)).toBe(false);
  expect(await has(MANY)).toBe(true);
});
