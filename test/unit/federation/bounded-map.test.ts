import { expect, test } from "vitest";
import { createBoundedMap } from "../../../src/federation/bounded-map.ts";
import { createKv } from "../../../src/federation/kv.ts";

test("A27: ten thousand names do not fill the memory", () => {
  const map = createBoundedMap<number>({ entries: 100, lifeMs: 1000, now: () => 0 });
  for (let at = 0; at < 10_000; at++) map.set(`key ${at}`, at);
  expect([...map.entries()]).toHaveLength(100);
  expect(map.get("key 9999")).toBe(9999);
  expect(map.get("key 0")).toBeUndefined();
});

test("what is kept is forgotten after its time", () => {
  let now = 0;
  const map = createBoundedMap<string>({ entries: 10, lifeMs: 1000, now: () => now });
  map.set("long", "here");
  map.set("short", "here", 10);
  now = 500;
  expect([map.get("long"), map.get("short")]).toEqual(["here", undefined]);
  now = 1000;
  expect(map.get("long")).toBeUndefined();
});

test("Fedify's memory lists by prefix and forgets", async () => {
  let now = 0;
  const kv = createKv(() => now);
  await kv.set(["a", "b"], 1);
  await kv.set(["a", "c"], 2, { ttl: Temporal.Duration.from({ seconds: 5 }) });
  await kv.set(["d"], 3);
  const listed: unknown[] = [];
  for await (const entry of kv.list(["a"])) listed.push(entry.value);
  expect(listed).toEqual([1, 2]);
  now = 6000;
  expect(await kv.get(["a", "c"])).toBeUndefined();
  await kv.delete(["a", "b"]);
  expect(await kv.get(["a", "b"])).toBeUndefined();
  expect(await kv.get(["d"])).toBe(3);
});
