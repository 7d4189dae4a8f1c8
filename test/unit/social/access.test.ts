import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { may, type PersonViewer, type Thing, type Verb } from "../../../src/social/access.ts";
import {
  type Choice,
  FRIENDS,
  means,
  readChoice,
  SUBSCRIBERS,
  written,
} from "../../../src/social/audiences/choice.ts";
import { roles } from "../../../src/social/friends/friendship.ts";
import { narrowed, type Reach } from "../../../src/social/posts/reach.ts";
import type { Quotable } from "../../../src/social/quotes/quotable.ts";

/** 13 properties: 65,000 runs in all. */
const RUNS = { numRuns: 5_000 };

const people = ["bob", "cleo", "dora"];
const audiences = ["family", "work", "choir", FRIENDS];
const everything = [...audiences, SUBSCRIBERS];
const reach = fc.constantFrom<Reach>("everyone", "unlisted", "subscribers", "chosen", "me");
const verbs: Verb[] = ["see", "reply", "react", "share", "vote", "quote", "ask-to-quote", "message"];
const verb = fc.constantFrom(...verbs);
const choice: fc.Arbitrary<Choice> = fc.record({
  reach,
  people: fc.subarray(people),
  audiences: fc.subarray(audiences),
  without: fc.subarray([...people, ...everything]),
});
const thing: fc.Arbitrary<Thing> = fc
  .record({
    choice,
    quotable: fc.constantFrom<Quotable>("everyone", "subscribers", "nobody"),
    answerable: fc.option(choice),
  })
  .map(({ choice: who, ...rules }) => ({ ...who, ...rules, authorId: "owner" }));
const person: fc.Arbitrary<PersonViewer> = fc
  .record({
    personId: fc.constantFrom(...people),
    within: fc.subarray(everything),
    role: fc.option(fc.constantFrom(...roles)),
    guest: fc.boolean(),
    blocked: fc.boolean(),
  })
  .map(({ personId, within, role, guest, blocked }) => ({
    kind: "person",
    personId,
    in: new Set(within),
    ...(role === null ? {} : { role }),
    guest,
    blocked,
  }));

const open = (it: Choice) => it.reach === "everyone" || it.reach === "unlisted";

describe("who may", () => {
  test("the owner may everything, but pass on what is not for everyone", () => {
    fc.assert(
      fc.property(verb, thing, (what, it) => {
        expect(may({ kind: "owner" }, what, it)).toBe(what !== "share" || open(it));
      }),
      RUNS,
    );
  });

  test("a stranger sees what is for everyone, and may nothing else", () => {
    fc.assert(
      fc.property(verb, thing, (what, it) => {
        expect(may({ kind: "stranger" }, what, it)).toBe(what === "see" && open(it));
      }),
      RUNS,
    );
  });

  test("nobody gains by being blocked, or by coming with a link alone", () => {
    fc.assert(
      fc.property(person, verb, thing, (who, what, it) => {
        expect(may({ ...who, blocked: true }, what, it)).toBe(false);
        if (what !== "see") expect(may({ ...who, guest: true }, what, it)).toBe(false);
        if (may({ ...who, guest: true }, what, it)) {
          expect(may({ ...who, guest: false, blocked: false }, "see", it)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("nobody gains by a role, whatever it is", () => {
    fc.assert(
      fc.property(person, verb, thing, (who, what, it) => {
        const { role: _, ...plain } = who;
        for (const role of roles) {
          if (may({ ...plain, role }, what, it)) expect(may(plain, what, it)).toBe(true);
        }
        if (what !== "see") expect(may({ ...plain, role: "reader" }, what, it)).toBe(false);
      }),
      RUNS,
    );
  });

  test("whoever is left out sees nothing, in whatever way they are meant besides", () => {
    fc.assert(
      fc.property(person, verb, thing, (who, what, it) => {
        expect(may(who, what, { ...it, without: [...it.without, who.personId] })).toBe(false);
        for (const id of who.in) expect(may(who, what, { ...it, without: [...it.without, id] })).toBe(false);
      }),
      RUNS,
    );
  });

  test("whoever is taken out of an audience loses at once what was theirs by it alone", () => {
    fc.assert(
      fc.property(person, verb, choice, (who, what, it) => {
        for (const id of who.in) {
          const left = { ...who, in: new Set([...who.in].filter((one) => one !== id)) };
          const alone = { ...it, reach: "chosen" as const, audiences: [id], people: [], authorId: "owner" };
          expect(may(left, what, alone)).toBe(false);
        }
      }),
      RUNS,
    );
  });

  test("nobody loses by being in one more audience that nothing is kept from", () => {
    fc.assert(
      fc.property(person, verb, thing, fc.constantFrom(...everything), (who, what, it, id) => {
        const kept = [it.without, it.answerable?.without ?? []].some((ids) => ids.includes(id));
        const more = { ...who, in: new Set([...who.in, id]) };
        if (!kept && may(who, what, it)) expect(may(more, what, it)).toBe(true);
      }),
      RUNS,
    );
  });

  test("what is for the owner alone is for nobody else, named or not", () => {
    fc.assert(
      fc.property(person, verb, thing, (who, what, it) => {
        expect(may(who, what, { ...it, reach: "me", people: [who.personId] })).toBe(false);
      }),
      RUNS,
    );
  });

  test("whoever may do anything with a thing may see it", () => {
    fc.assert(
      fc.property(person, verb, thing, (who, what, it) => {
        if (may(who, what, it)) expect(may(who, "see", it)).toBe(true);
      }),
      RUNS,
    );
  });

  test("only who is meant by the rule for answers answers; closed, nobody", () => {
    fc.assert(
      fc.property(person, thing, choice, (who, it, rule) => {
        const answers = may(who, "reply", { ...it, answerable: rule });
        if (answers) expect(means(rule, who)).toBe(true);
        expect(may(who, "reply", { ...it, answerable: { ...rule, reach: "me" } })).toBe(false);
        if (may(who, "reply", { ...it, answerable: null })) expect(answers).toBe(means(rule, who));
      }),
      RUNS,
    );
  });

  test("only what is for everyone is quoted, and only by whom its author lets; others may ask unless it is nobody", () => {
    fc.assert(
      fc.property(person, thing, (who, it) => {
        if (may(who, "quote", it)) {
          const tied = who.in.has(SUBSCRIBERS) || who.in.has(FRIENDS);
          expect(it.quotable === "everyone" || (it.quotable === "subscribers" && tied)).toBe(true);
        }
        if (may(who, "ask-to-quote", it)) expect(open(it) && it.quotable !== "nobody").toBe(true);
        if (may(who, "share", it)) expect(open(it)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe("a choice", () => {
  test("is read as it was written, and means the same people then", () => {
    fc.assert(
      fc.property(choice, person, (who, one) => {
        const again = readChoice(written(who));
        expect(means(again, one)).toBe(means(who, one));
        expect(written(again)).toBe(written(who));
      }),
      RUNS,
    );
  });

  test("that cannot be read means nobody", () => {
    fc.assert(
      fc.property(fc.string(), person, (text, one) => {
        const [first = ""] = text.split("|");
        fc.pre(!["everyone", "unlisted", "subscribers", "chosen", "me"].includes(first));
        expect(means(readChoice(text), one)).toBe(false);
      }),
    );
  });
});

test("an answer is never for more people than what it answers", () => {
  const nobody = { people: [], audiences: [], without: [], authorId: "owner" };
  fc.assert(
    fc.property(reach, reach, fc.boolean(), person, (wanted, answered, own, who) => {
      const result = narrowed(wanted, { reach: answered, own });
      const strangers = (one: Reach) => may({ kind: "stranger" }, "see", { ...nobody, reach: one });
      if (strangers(result)) expect(strangers(answered)).toBe(true);
      if (result !== "chosen") {
        const sees = (one: Reach) => may(who, "see", { ...nobody, reach: one });
        if (own && sees(result)) expect(sees(answered)).toBe(true);
      }
    }),
    RUNS,
  );
});
