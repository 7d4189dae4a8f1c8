import { createHash } from "node:crypto";
import { ed25519PublicKey, onionOf } from "../lib/onion-name.ts";

export type OnionKey = {
  /** "<56>.onion" */
  onion: string;
  publicKey: Buffer;
  /** The private key in the form ADD_ONION takes (control-spec, ADD_ONION). */
  addOnionKey: string;
};

/** The v3 address of a 32-byte Ed25519 seed. Tor wants the expanded key: the clamped SHA-512 of the seed (RFC 8032, 5.1.5). */
export function onionFromSeed(seed: Uint8Array): OnionKey {
  if (seed.length !== 32) throw new RangeError("an address seed has 32 bytes");
  const publicKey = ed25519PublicKey(seed);
  const expanded = createHash("sha512").update(seed).digest();
  expanded.writeUInt8(expanded.readUInt8(0) & 248, 0);
  expanded.writeUInt8((expanded.readUInt8(31) & 63) | 64, 31);
  const addOnionKey = `ED25519-V3:${expanded.toString("base64")}`;
  expanded.fill(0);
  return { onion: onionOf(publicKey), publicKey, addOnionKey };
}
