import { expect, test } from "vitest";
import { isOnion } from "../../../src/lib/onion-name.ts";
import { onionFromSeed } from "../../../src/tor/onion-key.ts";

// RFC 8032, 7.1, test 1; the address is the one in Tor's own test of hs_build_address.
const SEED = Buffer.from("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "hex");

test("an address follows from its seed as Tor derives it", () => {
  const key = onionFromSeed(SEED);
  expect(key.publicKey.toString("hex")).toBe(
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
  );
  expect(key.onion).toBe("25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion");
  expect(isOnion(key.onion)).toBe(true);
});

test("the key for ADD_ONION is the clamped expanded key", () => {
  const [kind, base64 = ""] = onionFromSeed(SEED).addOnionKey.split(":");
  expect(kind).toBe("ED25519-V3");
  expect(Buffer.from(base64, "base64").toString("hex")).toBe(
    "307c83864f2833cb427a2ef1c00a013cfdff2768d980c0a3a520f006904de94f" +
      "9b4f0afe280b746a778684e75442502057b7473a03f08f96f5a38e9287e01f8f",
  );
});

test("a seed of another length is refused", () => {
  expect(() => onionFromSeed(Buffer.alloc(31))).toThrow(RangeError);
});
