import { randomBytes } from "node:crypto";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawWords, readWords, WORDS } from "../../../src/lib/eight-words.ts";
import { NodeError } from "../../../src/lib/errors.ts";

const eight = ["anchor", "zoo", "wood", "act", "lemon", "river", "quick", "absent"];

function failure(typed: string): NodeError {
  try {
    readWords(typed);
  } catch (error) {
    if (error instanceof NodeError) return error;
  }
  throw new Error("it was read");
}

const misheard = (word: string) => failure([word, ...eight.slice(1)].join(" ")).named;

test("eight words are drawn evenly from all 2,048, eleven bits each", () => {
  expect(wordlist).toHaveLength(2_048);
  const all = [0, 1, 2_047, 2_048, 65_535, 4_097, 10, 20];
  let at = 0;
  const words = drawWords((bytes) => {
    const drawn = Buffer.alloc(bytes);
    drawn.writeUInt16BE(all[at++] ?? 0);
    return drawn;
  });
  expect(words).toEqual([0, 1, 2_047, 0, 2_047, 1, 10, 20].map((n) => wordlist[n]));
  expect(drawWords(randomBytes)).not.toEqual(drawWords(randomBytes));
});

test("whatever is drawn is read back, also from its first four letters", () => {
  const word = fc.constantFrom(...wordlist);
  fc.assert(
    fc.property(fc.array(word, { minLength: WORDS, maxLength: WORDS }), (words) => {
      expect(readWords(words.join(" "))).toEqual(words);
      expect(readWords(words.map((one) => one.slice(0, 4).toUpperCase()).join("\n"))).toEqual(words);
    }),
  );
});

test.each([
  "  Anchor ZOO\twood act\n\nlemon   river quick absent ",
  "anchor-zoo-wood-act-lemon-river-quick-absent",
  "anchor, zoo, wood, act; lemon, river, quick & absent.",
  "1. anchor\n2. zoo\n3. wood\n4. act\n5. lemon\n6. river\n7. quick\n8. absent",
  "1)anchor 2)zoo 3)wood 4)act 5)lemon 6)river 7)quick 8)absent",
  "1anchor2zoo3wood4act5lemon6river7quick8absent",
  "“Anchor” „zoo“ wood act lemon river quick absent",
  "anch zoo wood act lemo rive quic abse",
  "ancho zoo wood act lemo rive quick absen",
  "ánchor zoö wood act lemon river quick absent",
])("words are read however they were typed: %j", (typed) => {
  expect(readWords(typed)).toEqual(eight);
});

test("a word that is none is named, with the one that is near", () => {
  const error = failure("ancor zoo wood act lemon river quick absent");
  expect(error).toMatchObject({ code: "phone-word-unknown", named: ["ancor", "anchor"] });
  expect(misheard("anhcor")).toEqual(["anhcor", "anchor"]);
  expect(misheard("anchors")).toEqual(["anchors", "anchor"]);
  expect(misheard("rivver")).toEqual(["rivver", "river"]);
  expect(misheard("quik")).toEqual(["quik", "quick"]);
});

test("where nothing is near, nothing is proposed", () => {
  expect(misheard("xxxxxxxxxx")).toEqual(["xxxxxxxxxx", ""]);
  expect(misheard("q")).toEqual(["q", ""]);
  expect(misheard("schifffahrt")).toEqual(["schifffahrt", ""]);
});

test("three letters are no beginning, and letters behind a word are no word", () => {
  expect(misheard("anc")[0]).toBe("anc");
  expect(misheard("anchorage")).toEqual(["anchorage", "anchor"]);
});

test("fewer or more than eight words are said", () => {
  for (const typed of ["", "  \n", "1234", eight.slice(1).join(" "), [...eight, "zoo"].join(" ")]) {
    expect(failure(typed).code).toBe("phone-words-eight");
  }
});

test("a text of any length is looked at for a moment only", () => {
  const error = failure("q".repeat(1_000_000));
  expect(error.code).toBe("phone-word-unknown");
  expect(error.named[0]).toHaveLength(30);
  expect(failure("zoo ".repeat(1_000_000)).code).toBe("phone-words-eight");
});
