import { expect, test } from "vitest";
import { createRates } from "../../../src/lib/rates.ts";

function clocked(kept?: number) {
  const clock = { now: 1_000_000 };
  return { clock, rates: createRates(() => clock.now, kept) };
}

test("a friend's thousand posts at once are taken, a stranger's are not", () => {
  const { rates } = clocked();
  const waits = (name: "friend" | "person") =>
    Array.from({ length: 1000 }, () => rates.take(name, "ben")).filter((wait) => wait > 0).length;
  expect(waits("friend")).toBe(0);
  expect(waits("person")).toBe(970);
});

test("whoever waits as long as was said gets one in", () => {
  const { clock, rates } = clocked();
  while (rates.take("person", "zoe") === 0);
  const wait = rates.take("person", "zoe");
  clock.now += wait * 1000 - 1000;
  expect(rates.take("person", "zoe")).toBeGreaterThan(0);
  clock.now += 1000;
  expect(rates.take("person", "zoe")).toBe(0);
});

test("one budget is not another's, and one person's not another's", () => {
  const { rates } = clocked();
  while (rates.take("documents") === 0);
  while (rates.take("person", "zoe") === 0);
  expect([rates.take("identity"), rates.take("media"), rates.take("person", "kim")]).toEqual([0, 0, 0]);
});

test("a clock set back fills nothing and empties nothing", () => {
  const { clock, rates } = clocked();
  while (rates.take("person", "zoe") === 0);
  clock.now -= 500_000;
  expect(rates.take("person", "zoe")).toBeGreaterThan(0);
});

test("A27: ten thousand signers leave a bounded memory", () => {
  const { rates } = clocked(50);
  for (let n = 0; n < 10_000; n++) rates.take("person", `zoe ${n}`);
  expect(rates.size()).toBe(50);
});
