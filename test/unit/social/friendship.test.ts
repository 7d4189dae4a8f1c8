import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Bond,
  becomes,
  type Happening,
  isConfirmed,
  type Message,
  roleOf,
} from "../../../src/social/friends/friendship.ts";

const asked: Bond = { state: "asked", uri: "a1", theirUri: "" };
const offered: Bond = { state: "offered", uri: "", theirUri: "b1" };
const friends: Bond = { state: "friends", uri: "a1", theirUri: "" };

describe("a friendship", () => {
  test("is asked for, and begins with a yes to that very question", () => {
    expect(becomes(null, { kind: "ask", uri: "a1" })).toEqual({
      ...{ bond: asked, tell: "" },
      send: [{ kind: "offer", uri: "a1" }],
    });
    expect(becomes(asked, { kind: "accepted", uri: "a1" })).toEqual({
      bond: friends,
      send: [],
      tell: "friends",
    });
  });

  test("A12: a yes to what was never asked, or is taken back, makes none; whoever says it is told that it holds not", () => {
    const answer: Message[] = [{ kind: "withdraw", uri: "a9" }];
    for (const bond of [null, asked, offered])
      expect(becomes(bond, { kind: "accepted", uri: "a9" })).toEqual({ bond, send: answer, tell: "" });
  });

  test("begins when both ask at once, each answered all the same", () => {
    expect(becomes(asked, { kind: "offered", uri: "b1" })).toEqual({
      bond: { state: "friends", uri: "a1", theirUri: "b1" },
      send: [{ kind: "accept", uri: "b1" }],
      tell: "friends",
    });
    expect(becomes(offered, { kind: "ask", uri: "a1" })).toEqual(becomes(offered, { kind: "accept" }));
  });

  test("is asked for again without a second notice while the first waits, and with one after a no", () => {
    const again = becomes(offered, { kind: "offered", uri: "b2" });
    expect(again).toEqual({ bond: { ...offered, theirUri: "b2" }, send: [], tell: "" });
    const { bond, send } = becomes(offered, { kind: "decline" });
    expect([bond, send]).toEqual([null, []]);
    expect(becomes(bond, { kind: "offered", uri: "b2" }).tell).toBe("request");
  });

  test("is said again to a friend whose device forgot", () => {
    expect(becomes(friends, { kind: "offered", uri: "b7" })).toEqual({
      bond: { ...friends, theirUri: "b7" },
      send: [{ kind: "accept", uri: "b7" }],
      tell: "",
    });
  });

  test("A10: ends by its end, and by no word about another offer", () => {
    expect(becomes(friends, { kind: "ended" })).toEqual({ bond: null, send: [], tell: "" });
    expect(becomes(asked, { kind: "ended" }).bond).toEqual(asked);
    expect(becomes(offered, { kind: "ended" }).bond).toEqual(offered);
    for (const uri of ["b9", "", "a1"])
      expect(becomes(friends, { kind: "withdrawn", uri }).bond).toEqual(friends);
    expect(becomes(offered, { kind: "withdrawn", uri: "b1" })).toEqual({ bond: null, send: [], tell: "" });
  });

  test("that was confirmed without the wire ends without a word", () => {
    const { bond, send } = becomes(null, { kind: "confirm" });
    expect(send).toEqual([]);
    expect(bond !== null && isConfirmed(bond)).toBe(true);
    expect(becomes(bond, { kind: "end" })).toEqual({ bond: null, send: [], tell: "" });
    expect(becomes(offered, { kind: "confirm" }).bond).toEqual(offered);
  });

  test("acts that do not fit change nothing and send nothing", () => {
    for (const bond of [null, asked, offered, friends])
      for (const kind of ["accept", "decline", "withdraw", "end"] as const) {
        const fits = { asked: ["withdraw"], offered: ["accept", "decline"], friends: ["end"] };
        if (bond !== null && fits[bond.state].includes(kind)) continue;
        expect(becomes(bond, { kind })).toEqual({ bond, send: [], tell: "" });
      }
  });

  test("has one of four roles", () => {
    expect(["close", "friend", "acquaintance", "reader"].map(roleOf)).not.toContain(null);
    expect(roleOf("owner")).toBeNull();
  });
});

/** One of two people: their picture, and what is on its way to the other, in order. */
class Side {
  bond: Bond | null = null;
  readonly outbox: Message[] = [];
  readonly name: string;
  #asked = 0;

  constructor(name: string) {
    this.name = name;
  }

  happens(what: Happening): void {
    const { bond, send } = becomes(this.bond, what);
    this.bond = bond;
    this.outbox.push(...send);
  }

  act(kind: "ask" | "withdraw" | "accept" | "decline" | "end"): void {
    this.happens(kind === "ask" ? { kind, uri: `${this.name}${++this.#asked}` } : { kind });
  }

  /** The oldest on its way to the other arrives; false: nothing is. */
  arriveAt(other: Side): boolean {
    const message = this.outbox.shift();
    if (message === undefined) return false;
    const names = { offer: "offered", accept: "accepted", withdraw: "withdrawn" } as const;
    other.happens(
      message.kind === "end" ? { kind: "ended" } : { kind: names[message.kind], uri: message.uri },
    );
    return true;
  }

  /** This side's device lost what it knew. */
  forget(): void {
    this.bond = null;
  }
}

const step = fc.record({
  by: fc.boolean(),
  what: fc.constantFrom("ask", "withdraw", "accept", "decline", "end", "arrive", "arrive", "arrive"),
} as const);

describe("both sides' pictures", () => {
  const settle = (a: Side, b: Side) => {
    let rounds = 0;
    while (a.arriveAt(b) || b.arriveAt(a)) if (++rounds > 1_000) throw new Error("it never ends");
  };

  test("agree once all has arrived, whatever both did meanwhile, however late it came", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const [a, b] = [new Side("a"), new Side("b")];
        for (const { by, what } of steps) {
          const [me, other] = by ? [a, b] : [b, a];
          if (what === "arrive") me.arriveAt(other);
          else me.act(what);
        }
        settle(a, b);
        expect(a.bond?.state === "friends").toBe(b.bond?.state === "friends");
        // A question that waits there is one that was asked here.
        for (const [one, other] of [
          [a, b],
          [b, a],
        ] as const)
          if (one.bond?.state === "offered" && other.bond !== null) expect(other.bond.state).toBe("asked");
        // And whatever stands: a yes to what waits makes friends of both, or of neither.
        for (const one of [a, b]) one.act("accept");
        settle(a, b);
        expect(a.bond?.state === "friends").toBe(b.bond?.state === "friends");
      }),
      { numRuns: 5_000 },
    );
  });

  test("agree again when one device forgot all, and its owner asks once more", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.boolean(), (steps, which) => {
        const [a, b] = [new Side("a"), new Side("b")];
        for (const { by, what } of steps) {
          const [me, other] = by ? [a, b] : [b, a];
          if (what === "arrive") me.arriveAt(other);
          else me.act(what);
        }
        settle(a, b);
        const [lost, other] = which ? [a, b] : [b, a];
        lost.forget();
        lost.act("ask");
        settle(a, b);
        other.act("accept");
        settle(a, b);
        expect([a.bond?.state, b.bond?.state]).toEqual(["friends", "friends"]);
      }),
      { numRuns: 2_000 },
    );
  });
});
