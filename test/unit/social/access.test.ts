import fc from "fast-check";
import { expect, test } from "vitest";
import { may, type Thing, type Viewer } from "../../../src/social/access.ts";
import { narrowed, type Reach } from "../../../src/social/posts/reach.ts";
import type { Quotable } from "../../../src/social/quotes/quotable.ts";

const people = ["owner", "bob", "cleo", "dora"];
const reach = fc.constantFrom<Reach>("everyone", "unlisted", "subscribers", "chosen", "me");
const verb = fc.constantFrom("see" as const, "reply" as const, "quote" as const, "ask-to-quote" as const);
const thing: fc.Arbitrary<Thing> = fc.record({
  reach,
  authorId: fc.constant("owner"),
  addressees: fc.subarray(people.slice(1)),
  quotable: fc.constantFrom<Quotable>("everyone", "subscribers", "nobody"),
});
const person = fc.record({
  kind: fc.constant("person" as const),
  personId: fc.constantFrom(...people.slice(1)),
  subscriber: fc.boolean(),
});

test("the owner may everything", () => {
  fc.assert(fc.property(verb, thing, (what, it) => may({ kind: "owner" }, what, it)));
});

test("a stranger sees what is for everyone, and nothing else", () => {
  fc.assert(
    fc.property(thing, (it) => {
      const open = it.reach === "everyone" || it.reach === "unlisted";
      expect(may({ kind: "stranger" }, "see", it)).toBe(open);
      expect(may({ kind: "stranger" }, "reply", it)).toBe(false);
    }),
  );
});

test("nobody gains by being blocked: they see nothing at all", () => {
  fc.assert(fc.property(person, verb, thing, (who, what, it) => !may({ ...who, blocked: true }, what, it)));
});

test("whoever stops being a subscriber loses what is for subscribers at once, unless it names them", () => {
  fc.assert(
    fc.property(person, thing, (who, it) => {
      const named = it.addressees.includes(who.personId);
      const sees = may({ ...who, subscriber: false }, "see", { ...it, reach: "subscribers" });
      expect(sees).toBe(named);
    }),
  );
});

test("more ties never show less", () => {
  fc.assert(
    fc.property(person, verb, thing, (who, what, it) => {
      const more: Viewer = { ...who, subscriber: true };
      const named = { ...it, addressees: [...it.addressees, who.personId] };
      if (may({ ...who, subscriber: false }, what, it)) expect(may(more, what, it)).toBe(true);
      if (may(who, what, it)) expect(may(who, what, named)).toBe(true);
      if (may({ kind: "stranger" }, what, it)) expect(may(who, what, it)).toBe(true);
    }),
  );
});

test("what is for the owner alone is shown to nobody, named or not", () => {
  fc.assert(
    fc.property(
      person,
      verb,
      thing,
      (who, what, it) => !may(who, what, { ...it, reach: "me", addressees: [who.personId] }),
    ),
  );
});

test("an answer is never seen by more people than what it answers", () => {
  fc.assert(
    fc.property(reach, reach, fc.boolean(), person, (wanted, answered, own, who) => {
      const result = narrowed(wanted, { reach: answered, own });
      const strangers = (one: Reach) =>
        may({ kind: "stranger" }, "see", { reach: one, authorId: "owner", addressees: [] });
      if (strangers(result)) expect(strangers(answered)).toBe(true);
      if (result !== "chosen") {
        const sees = (one: Reach) => may(who, "see", { reach: one, authorId: "owner", addressees: [] });
        if (own && sees(result)) expect(sees(answered)).toBe(true);
      }
    }),
  );
});

test("only what is for everyone is quoted, and only by whom its author lets; others may ask unless it is nobody", () => {
  fc.assert(
    fc.property(person, thing, (who, it) => {
      const open = it.reach === "everyone" || it.reach === "unlisted";
      const atOnce = it.quotable === "everyone" || (it.quotable === "subscribers" && who.subscriber);
      expect(may(who, "quote", it)).toBe(open && atOnce);
      expect(may(who, "ask-to-quote", it)).toBe(open && it.quotable !== "nobody");
    }),
  );
});
