import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { createSessions } from "../../../src/web/visitor/sessions.ts";

const HOURS = 60 * 60_000;
const clock = { now: Date.UTC(2026, 10, 3) };
const made = () => createSessions(systemRandom, () => clock.now);
const ruth = { personId: "ruth", link: "a" };

function asked(cookie = ""): IncomingMessage {
  const req = new IncomingMessage(new Socket());
  if (cookie !== "") req.headers.cookie = cookie;
  return req;
}
const pairIn = (cookie: string) => cookie.split(";")[0] ?? "";

test("E5: a cookie is read by no script and sent to no other place, under a name that is new in each run", () => {
  const [one, other] = [made(), made()];
  const cookie = one.start(ruth, asked());
  expect(cookie).toMatch(/^reader_[0-9a-f]{12}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(cookie.split("=")[0]).not.toBe(other.start(ruth, asked()).split("=")[0]);
  expect(one.find(asked(pairIn(cookie)))).toEqual(ruth);
  expect(other.find(asked(pairIn(cookie)))).toBeNull();
});

test("E20: a cookie that a browser brings along is never taken over", () => {
  const sessions = made();
  const name = pairIn(sessions.start(ruth, asked())).split("=")[0];
  const planted = `${name}=${"x".repeat(43)}`;
  expect(sessions.find(asked(planted))).toBeNull();
  const mine = sessions.start(ruth, asked(planted));
  expect(sessions.find(asked(planted))).toBeNull();
  expect(sessions.find(asked(pairIn(mine)))).toEqual(ruth);
});

test("coming in anew ends what the same browser had", () => {
  const sessions = made();
  const before = pairIn(sessions.start(ruth, asked()));
  const after = pairIn(sessions.start({ personId: "ole", link: "" }, asked(before)));
  expect(sessions.find(asked(before))).toBeNull();
  expect(sessions.find(asked(after))).toEqual({ personId: "ole", link: "" });
});

test("E20: ten thousand sessions of one link put out nobody else, and take no more room than ten", () => {
  const sessions = made();
  const ole = pairIn(sessions.start({ personId: "ole", link: "" }, asked()));
  for (let n = 0; n < 10_000; n += 1) sessions.start(ruth, asked());
  expect(sessions.size()).toBe(11);
  expect(sessions.find(asked(ole))).not.toBeNull();
});

test("however many come, no more than two thousand are inside", () => {
  const sessions = made();
  for (let n = 0; n < 2_100; n += 1) sessions.start({ personId: `person ${n}`, link: "" }, asked());
  expect(sessions.size()).toBe(2_000);
});

test("a session is over after twelve hours, and when it is left", () => {
  const sessions = made();
  const one = asked(pairIn(sessions.start(ruth, asked())));
  const other = asked(pairIn(sessions.start(ruth, asked())));
  expect(pairIn(sessions.end(other))).toMatch(/=$/);
  expect(sessions.find(other)).toBeNull();
  clock.now += 12 * HOURS;
  expect(sessions.find(one)).not.toBeNull();
  clock.now += 1;
  expect(sessions.find(one)).toBeNull();
});
