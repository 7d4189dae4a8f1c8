import { describe, expect, test } from "vitest";
import type { Choice } from "../../../src/social/audiences/choice.ts";
import type { Reach } from "../../../src/social/posts/reach.ts";
import { builtIn, choiceWords, isWider, type Named, saidOf } from "../../../src/web/html/choice-words.ts";
import { messages } from "../../../src/web/messages/messages.ts";

const [en, de] = [messages("en"), messages("de")];
const names: Record<string, Named> = {
  family: { name: "Family", count: 5 },
  work: { name: "Work", count: 12 },
  jonas: { name: "Jonas" },
  mia: { name: "Mia" },
  ben: { name: "Ben" },
  tom: { name: "Tom" },
};
const chosen = (choice: Partial<Choice>): Choice => ({
  ...{ reach: "chosen", people: [], audiences: [], without: [] },
  ...choice,
});
const plain = (words: string) => words.replace(/[\u2068\u2069]/g, "");
const say = (t: typeof en, choice: Partial<Choice>, count: number | null) =>
  plain(
    choiceWords(
      t,
      chosen(choice),
      (id) => builtIn(t, id, { friends: 31, subscribers: 212 }) ?? names[id],
      count,
    ),
  );

describe("who a choice means is said in words", () => {
  test.each<[Partial<Choice>, number, string, string]>([
    [
      { audiences: ["family"], without: ["jonas"] },
      4,
      "Family (5) without Jonas: 4 people",
      "Family (5) ohne Jonas: 4 Menschen",
    ],
    [
      { audiences: ["family", "work"] },
      16,
      "Family (5) and Work (12): 16 people",
      "Family (5) und Work (12): 16 Menschen",
    ],
    [{ people: ["mia"] }, 1, "Mia: 1 person", "Mia: 1 Mensch"],
    [
      { reach: "subscribers", without: ["family"] },
      207,
      "Subscribers (212) without Family (5): 207 people",
      "Abonnenten (212) ohne Family (5): 207 Menschen",
    ],
    [
      { audiences: ["friends"], people: ["mia"] },
      32,
      "Friends (31) and Mia: 32 people",
      "Freunde (31) und Mia: 32 Menschen",
    ],
    [{}, 0, "Nobody yet: tick somebody", "Noch niemand: kreuze jemanden an"],
    [{ reach: "me", people: ["mia"] }, 0, "Only you", "Nur du"],
  ])("%o", (choice, count, english, german) => {
    expect(say(en, choice, count)).toBe(english);
    expect(say(de, choice, count)).toBe(german);
  });

  test("many are the first by name and the others by number", () => {
    expect(say(en, { people: ["mia", "ben", "tom", "jonas"] }, 4)).toBe("Mia, Ben and 2 more: 4 people");
  });

  test("what is gone is counted and not named", () => {
    expect(say(en, { audiences: ["family"], without: ["nobody"] }, null)).toBe("Family (5) without 1 person");
  });

  test("a name stays apart from the sentence around it, whatever it holds", () => {
    const words = choiceWords(en, chosen({ people: ["x"] }), () => ({ name: "\u202ealice" }), 1);
    expect(words).toBe("\u2068\u202ealice\u2069: 1 person");
  });
});

describe("what the button said", () => {
  const at = (reach: Reach): Choice => chosen({ reach });
  test.each<[Reach, number, string, boolean]>([
    ["everyone", 0, "me", true],
    ["everyone", 0, "chosen:4", true],
    ["unlisted", 0, "everyone", false],
    ["chosen", 5, "chosen:4", true],
    ["chosen", 4, "chosen:4", false],
    ["chosen", 12, "subscribers:3", true],
    ["subscribers", 3, "everyone", false],
    ["me", 0, "chosen:4", false],
    ["everyone", 0, "no word of ours", false],
  ])("%s to %i after “%s”: more people %s", (reach, count, said, wider) => {
    expect(isWider(at(reach), count, said)).toBe(wider);
  });
  test("is the number of people where it says one", () => {
    expect(saidOf(at("chosen"), 4)).toBe("chosen:4");
    expect(saidOf(at("everyone"), 0)).toBe("everyone");
  });
});
