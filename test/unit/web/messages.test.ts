import { describe, expect, test } from "vitest";
import { errorSentences } from "../../../src/lib/errors.ts";
import { de } from "../../../src/web/messages/de.ts";
import { en } from "../../../src/web/messages/en.ts";
import { languageOf } from "../../../src/web/messages/messages.ts";

/** Every sentence with its place; functions with a number or a name in them. */
function sentencesOf(part: unknown, place = ""): [string, string][] {
  if (typeof part === "string") return [[place, part]];
  if (typeof part === "function") return [[place, String(part(3, "Ada"))]];
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, inner]) => sentencesOf(inner, `${place}.${key}`));
}

const english = sentencesOf(en);
const german = sentencesOf(de);

describe.each([
  ["English", english, /\b(servers?|instances?|nodes?|sync|federation|error|invalid|oops)\b/i],
  [
    "German",
    german,
    /\b(Server|Instanz|Knoten|synchronisier\w*|Föderation|Fehler|ungültig\w*|hoppla)\b|[a-zäöüß,] (Sie|Ihnen|Ihre?[mnrs]?)\b/,
  ],
] as const)("%s", (_language, sentences, banned) => {
  test("is plain: no exclamation marks, none of the words a machine would say", () => {
    for (const [place, text] of sentences) {
      expect(text, place).not.toContain("!");
      // The one place where the word is meant: what lies outside is a server, and no device of a person.
      if (!/^\.outside\b|^\.errors\.server-outside$/.test(place)) expect(text, place).not.toMatch(banned);
    }
  });
  test("has no empty sentence", () => {
    for (const [place, text] of sentences) if (place !== ".errors") expect(text.trim(), place).not.toBe("");
  });
});

test("German says everything that English says", () => {
  const places = (all: [string, string][]) =>
    all.map(([place]) => place).filter((place) => !place.startsWith(".errors"));
  expect(places(german)).toEqual(places(english));
});

test("everything that can go wrong on a page is said in German too", () => {
  const onCommandLine = ["folder-in-use", "not-running", "port-in-use"];
  const missing = Object.keys(errorSentences).filter(
    (code) => !(code in de.errors) && !onCommandLine.includes(code),
  );
  expect(missing).toEqual([]);
});

test("a browser is answered in the first language of its list that we speak", () => {
  expect(languageOf("de-AT,de;q=0.9,en;q=0.8")).toBe("de");
  expect(languageOf("fr,en;q=0.5,de;q=0.4")).toBe("en");
  expect(languageOf("fr")).toBe("en");
  expect(languageOf(undefined)).toBe("en");
});
