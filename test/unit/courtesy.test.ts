import { setImmediate as tick } from "node:timers/promises";
import { expect, test } from "vitest";
import { createCourtesy } from "../../src/lib/courtesy.ts";

const HOUR = 60 * 60_000;

async function pass(ticks: number): Promise<void> {
  for (let n = 0; n < ticks; n += 1) await tick();
}

test("pieces of work come one a tick, in the order they came", async () => {
  const courtesy = createCourtesy();
  const done: number[] = [];
  const most: number[] = [];
  let inThisTick = 0;
  for (let n = 0; n < 5; n += 1) {
    void courtesy.turn().then(() => {
      done.push(n);
      inThisTick += 1;
    });
  }
  for (let n = 0; n < 20; n += 1) {
    await tick();
    most.push(inThisTick);
    inThisTick = 0;
  }
  expect(done).toEqual([0, 1, 2, 3, 4]);
  expect(Math.max(...most)).toBe(1);
});

test("while somebody waits for a page, no other work begins", async () => {
  const courtesy = createCourtesy(HOUR);
  let begun = false;
  const [first, second] = [courtesy.attend(), courtesy.attend()];
  void courtesy.turn().then(() => {
    begun = true;
  });
  await pass(10);
  first();
  first();
  await pass(10);
  expect(begun, "one of two still waits, however often the other says that it does not").toBe(false);
  second();
  await pass(10);
  expect(begun).toBe(true);
});

test("whoever clicks without end does not keep others waiting for ever", async () => {
  const courtesy = createCourtesy(20);
  courtesy.attend();
  await courtesy.turn();
  await courtesy.turn();
});
