import { describe, expect, test } from "vitest";
import {
  digestOf,
  isListed,
  readSynchronization,
  synchronizationHeader,
} from "../../../src/federation/translate/synchronization.ts";

const USERS = ["https://testing.example.org/users/1", "https://testing.example.org/users/2"];
const OF_USERS = "c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f";
const NOBODY = "0".repeat(64);
const said = { collectionId: "http://h.example/f", url: "http://h.example/f/some", digest: OF_USERS };

describe("the digest of a host's subscribers (FEP-8fcf)", () => {
  test("is that of the proposal's own example", () => {
    expect(digestOf(USERS)).toBe(OF_USERS);
  });
  test("does not hang on the order, and counts nobody twice", () => {
    expect(digestOf([...USERS, ...USERS.toReversed()])).toBe(OF_USERS);
  });
  test("of nobody is all zeros, and of one person their SHA-256", () => {
    expect(digestOf([])).toBe(NOBODY);
    expect(digestOf(["abc"])).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  });
});

describe("the header", () => {
  test("is read as it is written, in any order and in capitals", () => {
    expect(readSynchronization(synchronizationHeader(said))).toEqual(said);
    const turned = `digest="${OF_USERS.toUpperCase()}",url="${said.url}" , collectionId="${said.collectionId}"`;
    expect(readSynchronization(turned)).toEqual(said);
  });
  test.each([
    ["none", null],
    ["empty", ""],
    ["a part missing", `collectionId="http://h.example/f", digest="${OF_USERS}"`],
    ["a digest that is none", synchronizationHeader({ ...said, digest: "ab" })],
    ["an address that is none", synchronizationHeader({ ...said, url: "next door" })],
    ["something said twice", `${synchronizationHeader(said)}, ${synchronizationHeader(said)}`],
    ["too long", synchronizationHeader({ ...said, url: `http://h.example/${"x".repeat(2_000)}` })],
  ])("is none: %s", (_, header) => {
    expect(readSynchronization(header)).toBeNull();
  });
});

describe("a list", () => {
  const [one = "", other = ""] = USERS;
  const list = (values: object) => ({ type: "OrderedCollection", ...values });
  test("names whoever is in it, by id or whole", () => {
    expect(isListed(list({ orderedItems: [other, one] }), one)).toBe(true);
    expect(isListed(list({ type: "Collection", items: one }), one)).toBe(true);
    expect(isListed(list({ orderedItems: [{ id: one }] }), one)).toBe(true);
  });
  test("that is whole leaves out whoever is not in it", () => {
    expect(isListed(list({ orderedItems: [other] }), one)).toBe(false);
    expect(isListed(list({ orderedItems: [] }), one)).toBe(false);
    expect(isListed(list({ totalItems: 0 }), one)).toBe(false);
  });
  test.each([
    ["goes on", list({ orderedItems: [other], next: "http://h.example/2" })],
    ["is on other pages", list({ first: "http://h.example/1", orderedItems: [] })],
    ["is hidden", list({ totalItems: 12 })],
    ["is longer than what is read", list({ orderedItems: Array.from({ length: 201 }, () => other) })],
    ["is no list", { type: "Person", items: [] }],
  ])("that %s says nothing of who is not in it", (_, json) => {
    expect(isListed(json, one)).toBeNull();
  });
});
