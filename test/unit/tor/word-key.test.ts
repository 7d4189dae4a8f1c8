import {
  argon2Sync,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from "node:crypto";
import { expect, test } from "vitest";
import { isOnion } from "../../../src/lib/onion-name.ts";
import { onionFromSeed } from "../../../src/tor/onion-key.ts";
import { keyOfWords } from "../../../src/tor/word-key.ts";

const words = ["anchor", "zoo", "wood", "act", "lemon", "river", "quick", "absent"];

test("the same words open the same address on every device, in every version", async () => {
  const key = await keyOfWords(words);
  expect({
    onion: key.onion,
    seed: key.seed.toString("hex"),
    clientSecret: key.clientSecret.toString("hex"),
    clientKey: key.clientKey,
  }).toMatchInlineSnapshot(`
    {
      "clientKey": "3X54V3V6BOULIQEW4WIF73IRNWG6WE2DNPH5ASOSYNYDOM2C7QIQ",
      "clientSecret": "684d18c6200f402ec933d575edb8a2479b633169bf442c3c3f38b8aa52ad6856",
      "onion": "jwkyutohpbnapbzqru4ky7hydp2gyjwwyd7kus4u7bztx4ujjngwymid.onion",
      "seed": "4aa0b9471650c145572d8406af5c5e682cdf96dffb121a547470fd3a4b31dc16",
    }
  `);
  expect(isOnion(key.onion)).toBe(true);
  expect(onionFromSeed(key.seed).onion).toBe(key.onion);
});

test("the derivation is the one that is written down", async () => {
  const stretched = argon2Sync("argon2id", {
    message: Buffer.from("anchor zoo wood act lemon river quick absent"),
    nonce: Buffer.from("tssop/v1/eight-words"),
    memory: 65_536,
    passes: 8,
    parallelism: 4,
    tagLength: 32,
  });
  const { seed } = await keyOfWords(words);
  const label = "tssop/v1/eight-words/onion";
  expect(seed).toEqual(Buffer.from(hkdfSync("sha256", stretched, Buffer.alloc(0), label, 32)));
});

test("one word more or less in another place is another address, and another key", async () => {
  const one = await keyOfWords(words);
  const other = await keyOfWords([...words.slice(1), "anchor"]);
  expect(other.onion).not.toBe(one.onion);
  expect(other.clientKey).not.toBe(one.clientKey);
  expect(one.clientSecret.equals(one.seed)).toBe(false);
});

test("what is published belongs to what opens it (X25519)", async () => {
  const { clientKey, clientSecret } = await keyOfWords(words);
  expect(clientKey).toMatch(/^[A-Z2-7]{52}$/);
  const bits = [...clientKey].map((letter) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"),
  );
  const bytes = Buffer.from(
    bits
      .join("")
      .match(/.{8}/g)
      ?.map((octet) => Number.parseInt(octet, 2)) ?? [],
  );
  const published = createPublicKey({
    key: { kty: "OKP", crv: "X25519", x: bytes.toString("base64url") },
    format: "jwk",
  });
  const opens = createPrivateKey({
    key: { kty: "OKP", crv: "X25519", d: clientSecret.toString("base64url"), x: bytes.toString("base64url") },
    format: "jwk",
  });
  const somebody = generateKeyPairSync("x25519");
  const there = diffieHellman({ privateKey: somebody.privateKey, publicKey: published });
  const here = diffieHellman({ privateKey: opens, publicKey: somebody.publicKey });
  expect(there).toEqual(here);
  // Clamped (RFC 7748, 5), as tor takes it.
  expect(clientSecret.readUInt8(0) & 7).toBe(0);
  expect(clientSecret.readUInt8(31) & 192).toBe(64);
});
