import { expect, test } from "vitest";
import { createOnce } from "../../../../src/web/api/idempotency.ts";

const HOUR = 60 * 60_000;

test("one key does its work once, also when both come at the same moment", async () => {
  const once = createOnce<string>();
  let done = 0;
  const work = async () => `post ${++done}`;
  const both = await Promise.all([once("a", 0, work), once("a", 0, work)]);
  expect(both).toEqual(["post 1", "post 1"]);
  expect(await once("a", HOUR - 1, work)).toBe("post 1");
  expect(await once("b", 0, work)).toBe("post 2");
});

test("what failed can be tried again under the same key", async () => {
  const once = createOnce<string>();
  await expect(once("a", 0, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await once("a", 0, async () => "now")).toBe("now");
});

test("a key is forgotten after an hour, and when five hundred others came", async () => {
  const once = createOnce<number>();
  let done = 0;
  const work = async () => ++done;
  await once("old", 0, work);
  expect(await once("old", HOUR, work)).toBe(2);
  for (let n = 0; n < 500; n++) await once(`other ${n}`, HOUR, work);
  expect(await once("old", HOUR, work)).toBe(503);
});
