import { afterEach, beforeEach, expect, test } from "vitest";
import { createLog } from "../../../src/lib/log.ts";
import { createIdleLock, type IdleLock } from "../../../src/web/owner/idle-lock.ts";
import { changePreferences } from "../../../src/web/owner/preferences.ts";
import { type OwnerDesk, openOwnerDesk } from "../../support/owner-desk.ts";

const MINUTE = 60_000;
const START = 1_000 * MINUTE;

let desk: OwnerDesk;
let lock: IdleLock;
let now: number;
let seen: number;
let locked: boolean;

beforeEach(async () => {
  desk = await openOwnerDesk();
  now = START;
  seen = START;
  locked = false;
  const ports = {
    acting: () => desk.acting,
    now: () => now,
    log: createLog(() => {}, "silent"),
    screenLock: () => {
      locked = true;
    },
  };
  lock = createIdleLock(ports, { lastSeen: () => seen });
});
afterEach(async () => {
  lock.close();
  await desk[Symbol.asyncDispose]();
});

test("after half an hour without the owner the pages are locked", async () => {
  now = START + 30 * MINUTE;
  await lock.look();
  expect(locked).toBe(false);
  now += 1;
  await lock.look();
  expect(locked).toBe(true);
});

test("the owner chooses after how long, or never", async () => {
  await changePreferences(desk.acting, { idleMinutes: 0 });
  now = START + 10_000 * MINUTE;
  await lock.look();
  expect(locked).toBe(false);
  await changePreferences(desk.acting, { idleMinutes: 5 });
  await lock.look();
  expect(locked).toBe(true);
});

test("an app in use keeps its way, and where only apps are used nothing is locked", async () => {
  now = START + 29 * MINUTE;
  lock.seen();
  now += 29 * MINUTE;
  await lock.look();
  seen = 0;
  now += 100 * MINUTE;
  await lock.look();
  expect(locked).toBe(false);
});
