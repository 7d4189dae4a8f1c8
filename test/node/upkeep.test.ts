import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createLog } from "../../src/lib/log.ts";
import { requireIdentity } from "../../src/social/identity/load-identity.ts";
import type { Store } from "../../src/store/store.ts";
import { keepUp } from "../../src/upkeep.ts";
import { testStore } from "../support/people.ts";

const MINUTE = 60_000;

let stack: AsyncDisposableStack;
let store: Store;
let isReachable: boolean;
let said: string[];
beforeEach(async () => {
  stack = new AsyncDisposableStack();
  store = stack.use(await testStore(() => Date.now(), "Alice"));
  isReachable = true;
  said = [];
  const identity = await requireIdentity(store.read);
  vi.useFakeTimers({ toFake: ["setInterval", "setTimeout"] });
  const says = (what: string) => async () => void said.push(what);
  const federation = {
    hostsToProbe: async () => [],
    comeBack: says("up"),
    noteUp: says("last"),
    sweep: says("sweep"),
  };
  const log = createLog(() => undefined, "warn");
  const runner = { wake: () => undefined };
  keepUp(stack, { store, identity, federation, runner, isReachable: () => isReachable, now: Date.now, log });
});
afterEach(async () => {
  vi.useRealTimers();
  await stack.disposeAsync();
});
const count = (what: string) => said.filter((one) => one === what).length;

test("a node that nobody can reach is not taken for one that is up", async () => {
  vi.advanceTimersByTime(16 * MINUTE);
  expect(count("up")).toBe(3);
  isReachable = false;
  vi.advanceTimersByTime(60 * MINUTE);
  expect(count("up")).toBe(3);
  isReachable = true;
  vi.advanceTimersByTime(5 * MINUTE);
  expect(count("up")).toBe(4);
  isReachable = false;
  vi.useRealTimers();
  await stack.disposeAsync();
  expect(count("last")).toBe(0);
});

test("a node that was up to its end says so", async () => {
  vi.useRealTimers();
  await stack.disposeAsync();
  expect(count("last")).toBe(1);
});

test("what need not be kept is swept soon after a start, and every six hours", () => {
  vi.advanceTimersByTime(5 * MINUTE);
  expect(count("sweep")).toBe(1);
  vi.advanceTimersByTime(6 * 60 * MINUTE);
  expect(count("sweep")).toBe(2);
});
