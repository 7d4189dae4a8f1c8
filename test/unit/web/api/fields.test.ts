import { expect, test } from "vitest";
import {
  fieldsFromJson,
  fieldsFromPairs,
  flag,
  joined,
  list,
  text,
  whole,
} from "../../../../src/web/api/fields.ts";

test("key and key[] are one field, in the order they came", () => {
  const fields = fieldsFromPairs([
    ["id[]", "1"],
    ["id", "2"],
    ["id[]", "3"],
  ]);
  expect(list(fields, "id")).toEqual(["1", "2", "3"]);
  expect(text(fields, "id")).toBe("3");
});

test("yes and no are understood in every notation that apps use", () => {
  for (const yes of ["true", "True", "1", "on", "t"])
    expect(flag(fieldsFromPairs([["a", yes]]), "a")).toBe(true);
  for (const no of ["false", "False", "0", "off", "f", ""]) {
    expect(flag(fieldsFromPairs([["a", no]]), "a")).toBe(false);
  }
  expect(flag(fieldsFromJson({ a: true }), "a")).toBe(true);
  expect(flag(fieldsFromJson({ a: false }), "a")).toBe(false);
  expect(flag(fieldsFromJson({}), "a")).toBe(false);
});

test("null in JSON is the same as not sent", () => {
  expect(text(fieldsFromJson({ in_reply_to_id: null }), "in_reply_to_id")).toBeUndefined();
});

test("one level of nesting reads the same in JSON and in a form", () => {
  const json = fieldsFromJson({ home: { last_read_id: 7 }, poll: { options: ["a", "b"] } });
  expect(text(json, "home[last_read_id]")).toBe("7");
  expect(list(json, "poll[options]")).toEqual(["a", "b"]);
  expect(text(fieldsFromPairs([["home[last_read_id]", "7"]]), "home[last_read_id]")).toBe("7");
});

test("what is no object in JSON has no fields, and names of the language are names like any other", () => {
  expect(fieldsFromJson(["a"]).size).toBe(0);
  expect(fieldsFromJson("a").size).toBe(0);
  expect(fieldsFromJson(null).size).toBe(0);
  expect(text(fieldsFromJson(JSON.parse('{"__proto__":"x","constructor":"y"}')), "constructor")).toBe("y");
  expect(text(fieldsFromJson({}), "toString")).toBeUndefined();
});

test("a list of values is never longer than a hundred", () => {
  const pairs = Array.from({ length: 5000 }, (_, n) => ["id[]", String(n)] as const);
  expect(list(fieldsFromPairs(pairs), "id")).toHaveLength(100);
});

test("a number outside its bounds is brought inside, and what is no number is not taken", () => {
  const bounds = { normal: 20, min: 1, max: 80 };
  const limit = (value: string) => whole(fieldsFromPairs([["limit", value]]), "limit", bounds);
  expect([limit("5"), limit("0"), limit("9999"), limit("-3"), limit("a"), limit("1e9")]).toEqual([
    5, 1, 80, 20, 20, 20,
  ]);
});

test("the body hides the same field of the address", () => {
  const fields = joined(fieldsFromPairs([["a", "1"]]), fieldsFromPairs([["a", "2"]]));
  expect(list(fields, "a")).toEqual(["2"]);
});

test("a list of objects in JSON reads like numbered fields of a form, and is bounded", () => {
  const fields = fieldsFromJson({
    words: [{ keyword: "a", whole: true }, "b", { keyword: "c", deep: { er: 1 } }],
  });
  expect([...fields]).toEqual([
    ["words[0][keyword]", ["a"]],
    ["words[0][whole]", ["true"]],
    ["words[2][keyword]", ["c"]],
  ]);
  expect(fieldsFromJson({ words: Array.from({ length: 5_000 }, () => ({ a: 1 })) }).size).toBe(100);
});
