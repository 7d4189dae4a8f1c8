import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { digitsOf } from "../../../../src/social/messages/number.ts";

const anna = { uri: "https://anna.example/users/anna", fingerprint: "a1".repeat(32) };
const ben = { uri: "https://ben.example/users/ben", fingerprint: "b2".repeat(32) };

describe("the number two people read to each other", () => {
  test("is twelve groups of five digits", () => {
    const groups = digitsOf(anna, ben);
    expect(groups).toHaveLength(12);
    for (const group of groups) expect(group).toMatch(/^\d{5}$/);
  });

  test("is the same at both", () => {
    expect(digitsOf(anna, ben)).toEqual(digitsOf(ben, anna));
  });

  test("is another for another key, another person or keys that are swapped", () => {
    const number = digitsOf(anna, ben).join("");
    const others = [
      digitsOf({ ...anna, fingerprint: `${"a1".repeat(31)}a0` }, ben),
      digitsOf({ ...anna, uri: `${anna.uri}2` }, ben),
      digitsOf(anna, { ...ben, fingerprint: "b2".repeat(20) }),
      digitsOf({ ...anna, fingerprint: ben.fingerprint }, { ...ben, fingerprint: anna.fingerprint }),
    ].map((groups) => groups.join(""));
    expect(new Set([number, ...others]).size).toBe(5);
  });

  test("has one half of each, which stays whoever the other is", () => {
    const carla = { uri: "https://carla.example/users/carla", fingerprint: "c3".repeat(32) };
    const halves = (groups: string[]) => [groups.slice(0, 6).join(" "), groups.slice(6).join(" ")];
    const shared = halves(digitsOf(anna, ben)).filter((half) => halves(digitsOf(anna, carla)).includes(half));
    expect(shared).toHaveLength(1);
  });

  test("stays as it is: who compared it once may do so again", () => {
    const groups = digitsOf(anna, ben);
    // Worked out in another way than there.
    const half = ({ uri, fingerprint }: typeof anna) => {
      let hash: Buffer = Buffer.from(uri);
      for (let round = 0; round < 5200; round += 1)
        hash = createHash("sha512")
          .update(Buffer.concat([hash, Buffer.from(fingerprint, "hex")]))
          .digest();
      return [0, 5, 10, 15, 20, 25].map((at) =>
        String(BigInt(`0x${hash.subarray(at, at + 5).toString("hex")}`) % 100_000n).padStart(5, "0"),
      );
    };
    const halves = [half(anna), half(ben)].map((one) => one.join(" ")).sort();
    expect(groups.join(" ")).toBe(halves.join(" "));
  });
});
