/**
 * From eight words to an onion that only they open. Two devices that know nothing of each other have to get the same out
 * of the same words, so nothing here is ever tuned; another version has another salt and other labels.
 *
 *   stretched = Argon2id(words joined by one space; salt "tssop/v1/eight-words", 64 MiB, 8 passes, 4 lanes, 32 bytes)
 *   seed      = HKDF-SHA-256(stretched, no salt, "tssop/v1/eight-words/onion", 32 bytes)   Ed25519, the address
 *   secret    = HKDF-SHA-256(stretched, no salt, "tssop/v1/eight-words/client", 32 bytes)  X25519, clamped (RFC 7748, 5)
 *
 * Without the secret nobody can read the address's descriptor (rend-spec-v3, client authorization), and who knows neither
 * would have to try half of 2^88 words, each for a second of a computer.
 */
import { argon2, createPrivateKey, createPublicKey, hkdfSync } from "node:crypto";
import { promisify } from "node:util";
import { base32 } from "../lib/onion-name.ts";
import { onionFromSeed } from "./onion-key.ts";

export type WordKey = {
  /** "<56>.onion" */
  onion: string;
  seed: Buffer;
  /** What the onion is published for, as ADD_ONION takes it (ClientAuthV3). */
  clientKey: string;
  /** What opens its descriptor. */
  clientSecret: Buffer;
};

const LABEL = "tssop/v1/eight-words";
const PKCS8_X25519 = Buffer.from("302e020100300506032b656e04220420", "hex");
const stretch = promisify(argon2);

/** About a second of work, not on this thread. */
export async function keyOfWords(words: readonly string[]): Promise<WordKey> {
  const stretched = await stretch("argon2id", {
    message: Buffer.from(words.join(" "), "utf8"),
    nonce: Buffer.from(LABEL, "utf8"),
    memory: 64 * 1024,
    passes: 8,
    parallelism: 4,
    tagLength: 32,
  });
  const key = (use: string) => Buffer.from(hkdfSync("sha256", stretched, "", `${LABEL}/${use}`, 32));
  const seed = key("onion");
  const clientSecret = key("client");
  clientSecret.writeUInt8(clientSecret.readUInt8(0) & 248, 0);
  clientSecret.writeUInt8((clientSecret.readUInt8(31) & 127) | 64, 31);
  const clientKey = base32(x25519PublicKey(clientSecret)).toUpperCase();
  return { onion: onionFromSeed(seed).onion, seed, clientKey, clientSecret };
}

function x25519PublicKey(secret: Buffer): Buffer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_X25519, secret]), format: "der", type: "pkcs8" });
  return createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-32);
}
