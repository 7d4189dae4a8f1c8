import { expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { Fields } from "../../../src/web/owner/fields.ts";
import { createKeptSeal, isOwnPath, keptOf, keptText } from "../../../src/web/owner/kept.tsx";

test("only paths of our own pages are gone back to", () => {
  for (const path of ["/", "/posts", "/people/12?x=1", "/settings/profile#name"])
    expect(isOwnPath(path), path).toBe(true);
  for (const path of [
    "",
    "posts",
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "/a b",
    "/a\r\nX: y",
    "/lock",
    "/seal?x",
    "/unlock",
    "/enter/1",
  ]) {
    expect(isOwnPath(path), path).toBe(false);
  }
});

test("everything that was typed is kept in its order, but for secrets and the token", () => {
  const fields = new Fields([
    ["form", "token"],
    ["text", "Cake & tea\n„morgen“"],
    ["to", "1"],
    ["to", "2"],
    ["passphrase", "secret"],
  ]);
  const kept = keptOf("/posts", fields);
  expect(kept?.entries).toEqual([
    ["text", "Cake & tea\n„morgen“"],
    ["to", "1"],
    ["to", "2"],
  ]);
  const seal = createKeptSeal(systemRandom);
  if (kept === null) throw new Error("nothing was kept");
  const sealed = seal.seal(kept);
  expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("Cake");
  expect(seal.open(new Fields([["kept", sealed]]))).toEqual(kept);
  expect(createKeptSeal(systemRandom).open(new Fields([["kept", sealed]]))).toBeNull();
  expect(seal.open(new Fields([["kept", `${sealed.slice(0, -2)}AA`]]))).toBeNull();
});

test("a form with nothing in it is not kept", () => {
  expect(keptOf("/posts", new Fields([["text", "  "]]))).toBeNull();
});

test("what is shown of a kept form is what the person wrote", () => {
  expect(
    keptText({
      to: "/posts",
      entries: [
        ["reach", "subscribers"],
        ["text", "Cake is on me."],
        ["to", "ab12".repeat(8)],
      ],
    }),
  ).toBe("Cake is on me.");
});
