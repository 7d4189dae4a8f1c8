import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressingOf, reachOf, type WireReach } from "../../../src/federation/translate/reach.ts";

const whom = {
  followers: "http://a.example/people/anna/followers",
  recipient: "http://b.example/people/ben",
  circle: "http://a.example/circles/0123",
  mentioned: [] as string[],
};
const reaches: WireReach[] = ["everyone", "unlisted", "subscribers", "chosen"];

describe("who sees a post", () => {
  test("is read by others as it was meant", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...reaches),
        fc.array(fc.constantFrom("http://c.example/people/cleo", whom.recipient)),
        (reach, mentioned) => {
          expect(reachOf(addressingOf(reach, { ...whom, mentioned }), whom.followers)).toBe(reach);
        },
      ),
    );
  });

  test.each(reaches.slice(2))("a copy of a post for %s names nobody but who gets it", (reach) => {
    const mentioned = ["http://c.example/people/cleo", whom.recipient];
    const { to, cc } = addressingOf(reach, { ...whom, mentioned });
    const named = [...to, ...cc].map((uri) => uri.href);
    expect(named).toContain(whom.recipient);
    expect(named).not.toContain("http://c.example/people/cleo");
    expect(named.join()).not.toContain("Public");
  });

  test("an unknown collection is never taken for everyone or for the subscribers", () => {
    const to = [new URL("http://a.example/circles/77"), new URL("http://a.example/followers")];
    expect(reachOf({ to, cc: [] }, whom.followers)).toBe("chosen");
    expect(reachOf({ to, cc: [] }, null)).toBe("chosen");
    expect(reachOf({ to: [], cc: [] }, null)).toBe("chosen");
  });
});
