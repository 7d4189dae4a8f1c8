import { expect, test } from "vitest";
import { localContexts, namesTooManyContexts } from "../../../src/federation/contexts.ts";

const AS = "https://www.w3.org/ns/activitystreams";

test("a known context comes from the program, an unknown one adds no terms, and neither is fetched", async () => {
  expect((await localContexts(AS)).document).toHaveProperty("@context");
  expect((await localContexts("http://attacker.example/context")).document).toEqual({ "@context": {} });
  expect((await localContexts("__proto__")).document).toEqual({ "@context": {} });
});

test("A14: twenty unknown contexts are refused, also when they are hidden inside", () => {
  const names = Array.from({ length: 20 }, (_, at) => `http://attacker.example/${at}`);
  expect(namesTooManyContexts({ "@context": [AS, ...names] })).toBe(true);
  expect(namesTooManyContexts({ object: { tag: names.map((name) => ({ "@context": name })) } })).toBe(true);
  expect(
    namesTooManyContexts({
      "@context": [AS, "https://pleroma.example/litepub.jsonld", { "@language": "en" }],
    }),
  ).toBe(false);
});
