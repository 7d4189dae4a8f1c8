import fc from "fast-check";
import { createMessage, encrypt, readKey, sign } from "openpgp";
import { beforeAll, describe, expect, test } from "vitest";
import { fits, readLetter, writtenLetter } from "../../../../src/social/messages/check-letter.ts";
import {
  conversationOf,
  LETTER_LIMITS,
  type Letter,
  messageIdOf,
} from "../../../../src/social/messages/letter.ts";
import { config } from "../../../../src/social/messages/pgp/config.ts";
import { open } from "../../../../src/social/messages/pgp/open.ts";
import { wholeKey } from "../../../../src/social/messages/pgp/own-key.ts";
import { seal } from "../../../../src/social/messages/pgp/seal.ts";
import { DAY, type Sealer, START, sealerAt } from "../../../support/sealing.ts";

const NOW = START + DAY;
const NAMES = ["anna", "ben", "carla", "dora"] as const;
type Name = (typeof NAMES)[number];

const id = (digit: string) => digit.repeat(32);
const people = new Map<Name, Sealer>();
function person(name: Name): Sealer {
  const found = people.get(name);
  if (found === undefined) throw new Error(`nobody is called ${name}`);
  return found;
}
beforeAll(async () => {
  for (const name of NAMES) people.set(name, await sealerAt(name));
});

function letterOf(from: Sealer, to: Sealer): Letter {
  return {
    ...{ v: 1, id: id("a"), from: from.uri, to: to.uri, fromKey: from.fingerprint, toKey: to.fingerprint },
    ...{ conv: conversationOf(from.uri, to.uri), seq: 1, prev: "", published: NOW },
    content: { kind: "text", text: "The boat is free from ten.", replyTo: "", vanish: 0 },
  };
}
const textOf = (from: Name, to: Name) => writtenLetter(letterOf(person(from), person(to)));

/** What whoever `at` is takes for a letter of `from`, as openSealed does. */
async function taken(sealed: Uint8Array, from: Sealer, at: Sealer): Promise<Letter | null> {
  const opened = await open(sealed, { own: at.own, theirs: from.theirs, at: NOW });
  if ("refused" in opened) return null;
  const letter = readLetter(opened.text);
  const { signedAt } = opened;
  const expected = {
    ...{ from: from.uri, to: at.uri, fromKey: from.fingerprint, toKey: at.fingerprint, signedAt },
  };
  return letter !== null && fits(letter, expected) ? letter : null;
}

/** What somebody who was written to holds, and seals once more for others, with its writer's signature in it. */
async function signedOnce(by: Sealer, text: string): Promise<(to: Sealer) => Promise<Uint8Array>> {
  const message = await sign({
    message: await createMessage({ binary: Buffer.from(text) }),
    signingKeys: await wholeKey(by.own),
    ...{ date: new Date(NOW), format: "object", config },
  });
  return async (to) =>
    await encrypt({
      message,
      encryptionKeys: await readKey({ binaryKey: to.theirs, config }),
      ...{ date: new Date(NOW), format: "binary", config },
    });
}

describe("a letter", () => {
  const whole = { v: 1, id: id("a"), from: "https://a.example/a", to: "https://b.example/b" };
  const letter = {
    ...{ ...whole, fromKey: id("b") + id("c"), toKey: "d".repeat(40), conv: id("e"), seq: 3, prev: id("f") },
    ...{ published: NOW, content: { kind: "delete", of: id("1") } },
  };

  test("is read as it was written, with spaces behind it, and without what it has too much", () => {
    expect(readLetter(`${JSON.stringify(letter)}     `)).toEqual(letter);
    expect(readLetter(JSON.stringify({ ...letter, more: 1, content: { ...letter.content, x: 1 } }))).toEqual(
      letter,
    );
    expect(readLetter(JSON.stringify({ ...letter, prev: "" }))).toEqual({ ...letter, prev: "" });
  });

  test("is none when anything of it is missing, or of another kind", () => {
    for (const name of Object.keys(letter)) {
      for (const value of [undefined, null, true, -1, 1.5, 2 ** 53, [], {}, "", "x", "../..", [id("a")]]) {
        if (name === "prev" && value === "") continue;
        if ((name === "from" || name === "to") && (value === "x" || value === "../..")) continue;
        expect([name, value, readLetter(JSON.stringify({ ...letter, [name]: value }))]).toEqual([
          name,
          value,
          null,
        ]);
      }
    }
    for (const text of ["", "null", "[]", "1", '"a"', "{", "{}", `[${JSON.stringify(letter)}]`])
      expect(readLetter(text)).toBeNull();
    for (const key of [id("B") + id("c"), "d".repeat(41), id("b")])
      expect(readLetter(JSON.stringify({ ...letter, fromKey: key }))).toBeNull();
    expect(readLetter(JSON.stringify({ ...letter, from: `https://${"a".repeat(2000)}` }))).toBeNull();
  });

  test("says one thing of those that can be said, within their bounds", () => {
    const of = id("1");
    const { text, emoji, read, vanish } = LETTER_LIMITS;
    const good = [
      { kind: "text", text: "a".repeat(text * 2), replyTo: of, vanish },
      { kind: "edit", of, text: "b" },
      { kind: "delete", of },
      { kind: "react", of, emoji: "🦆", on: false },
      { kind: "read", of: Array.from({ length: read }, () => of) },
      { kind: "read", of: [] },
      { kind: "timer", seconds: 0 },
      { kind: "together", token: of, yes: true },
      { kind: "vouch", uri: "http://a.onion/people/a", fingerprint: "ab".repeat(32) },
    ];
    for (const content of good)
      expect(readLetter(JSON.stringify({ ...letter, content }))?.content).toEqual(content);
    const bad = [
      ...[null, "text", [], {}, { kind: "file" }, { kind: "__proto__" }, { kind: ["text"], text: "a" }],
      ...["", 1, "a".repeat(text * 2 + 1)].map((one) => ({ kind: "text", text: one })),
      ...[vanish + 1, -1, "60", 0.5].map((one) => ({ kind: "text", text: "a", vanish: one })),
      ...["x", 1, null].map((one) => ({ kind: "text", text: "a", replyTo: one })),
      ...[
        { kind: "edit", of, text: "" },
        { kind: "edit", text: "a" },
        { kind: "delete", of: [of] },
      ],
      ...["", 1, "a".repeat(emoji + 1)].map((one) => ({ kind: "react", of, emoji: one, on: true })),
      ...[
        { kind: "react", of, emoji: "a" },
        { kind: "react", of, emoji: "a", on: 1 },
      ],
      ...[of, [1], [of, "x"], Array.from({ length: read + 1 }, () => of)].map((one) => ({
        kind: "read",
        of: one,
      })),
      ...[-1, vanish + 1, "1", null].map((seconds) => ({ kind: "timer", seconds })),
      ...[{ token: "x", yes: true }, { token: of }, { token: of, yes: "yes" }].map((one) => ({
        kind: "together",
        ...one,
      })),
      ...["", "ab", "AB".repeat(32), 1].map((fingerprint) => ({
        kind: "vouch",
        uri: "http://a",
        fingerprint,
      })),
      ...["", 1, "a".repeat(2_001)].map((uri) => ({ kind: "vouch", uri, fingerprint: "ab".repeat(32) })),
    ];
    for (const content of bad)
      expect([content, readLetter(JSON.stringify({ ...letter, content }))]).toEqual([content, null]);
  });

  test("whatever it is made of, is read or is none, and never ends the reading otherwise", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(...Object.keys(letter)), (json, name) => {
        readLetter(json);
        const changed = readLetter(JSON.stringify({ ...letter, [name]: JSON.parse(json) }));
        expect(changed === null || changed.v === 1).toBe(true);
      }),
    );
  });

  test("is not from the time ahead of its signature, but for clocks that differ a little", () => {
    const [from, to] = [person("anna"), person("ben")];
    const one = letterOf(from, to);
    const expected = { ...one, signedAt: NOW };
    expect(fits({ ...one, published: NOW - 400 * DAY }, expected)).toBe(true);
    expect(fits({ ...one, published: NOW + 15 * 60_000 }, expected)).toBe(true);
    expect(fits({ ...one, published: NOW + 15 * 60_000 + 1 }, expected)).toBe(false);
  });

  test("of two people has one conversation for both, and each has ids of their own", () => {
    expect(conversationOf("a", "b")).toBe(conversationOf("b", "a"));
    expect(conversationOf("a", "b")).not.toBe(conversationOf("a", "c"));
    expect(messageIdOf("a", id("1"))).not.toBe(messageIdOf("b", id("1")));
  });
});

describe("carried over", () => {
  test("B1: what Anna signed for Ben, and he seals anew for Carla, is none for her, though the signature is right", async () => {
    const [anna, ben, carla] = [person("anna"), person("ben"), person("carla")];
    const sealFor = await signedOnce(anna, textOf("anna", "ben"));
    expect(await taken(await sealFor(ben), anna, ben)).toMatchObject({ from: anna.uri });
    const forwarded = await sealFor(carla);
    // The library alone believes it.
    expect(await open(forwarded, { own: carla.own, theirs: anna.theirs, at: NOW })).toMatchObject({
      signedAt: NOW,
    });
    expect(await taken(forwarded, anna, carla)).toBeNull();
    expect(await taken(forwarded, ben, carla)).toBeNull();
  });

  test("B1: what Anna signed for Ben, and he sends back to her as his, is none", async () => {
    const [anna, ben] = [person("anna"), person("ben")];
    const sealFor = await signedOnce(anna, textOf("anna", "ben"));
    expect(await taken(await sealFor(anna), ben, anna)).toBeNull();
    expect(await taken(await sealFor(anna), anna, anna)).toBeNull();
  });

  test("B2: every word that says between whom it is must be right", () => {
    const [anna, ben, carla] = [person("anna"), person("ben"), person("carla")];
    const letter = letterOf(anna, ben);
    const expected = { ...letter, signedAt: NOW };
    expect(fits(letter, expected)).toBe(true);
    const other = letterOf(carla, ben);
    for (const name of ["from", "to", "fromKey", "toKey", "conv"] as const) {
      const wrong = name === "to" || name === "toKey" ? carla : null;
      const value = wrong === null ? other[name] : letterOf(anna, wrong)[name];
      expect(fits({ ...letter, [name]: value }, expected)).toBe(false);
    }
  });

  const name = fc.constantFrom(...NAMES);

  test("B2: what was made for one conversation is accepted in no other", async () => {
    await fc.assert(
      fc.asyncProperty(name, name, name, name, fc.boolean(), async (from, to, as, at, anew) => {
        const text = textOf(from, to);
        const [writer, reader] = [person(from), person(at)];
        const sealed = anew
          ? await (await signedOnce(writer, text))(reader)
          : await seal(text, { own: writer.own, theirs: person(to).theirs, now: NOW });
        const isTaken = (await taken(sealed, person(as), reader)) !== null;
        expect(isTaken).toBe(from === as && to === at);
      }),
      { numRuns: 300 },
    );
  });

  test("B2: whatever somebody writes into it about others, it is only between them and the reader", async () => {
    await fc.assert(
      fc.asyncProperty(name, name, fc.array(name, { minLength: 6, maxLength: 6 }), async (by, at, said) => {
        const [writer, reader] = [person(by), person(at)];
        const [from, to, fromKey, toKey, one, other] = said.map(person);
        if (!from || !to || !fromKey || !toKey || !one || !other) throw new Error("six people");
        const letter = {
          ...letterOf(from, to),
          ...{ fromKey: fromKey.fingerprint, toKey: toKey.fingerprint },
          conv: conversationOf(one.uri, other.uri),
        };
        const sealed = await seal(writtenLetter(letter), {
          own: writer.own,
          theirs: reader.theirs,
          now: NOW,
        });
        const isHonest = writtenLetter(letter) === textOf(by, at);
        for (const as of NAMES)
          expect((await taken(sealed, person(as), reader)) !== null).toBe(isHonest && as === by);
      }),
      { numRuns: 150, examples: [["anna", "ben", ["anna", "ben", "anna", "ben", "ben", "anna"]]] },
    );
  });
});
