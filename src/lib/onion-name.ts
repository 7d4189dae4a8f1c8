import { createHash, createPrivateKey, createPublicKey } from "node:crypto";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

/** RFC 4648 base32 in lower case, without padding. */
export function base32(bytes: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let out = "";
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET.charAt((value >>> bits) & 31);
    }
  }
  return bits > 0 ? out + ALPHABET.charAt((value << (5 - bits)) & 31) : out;
}

function fromBase32(text: string): Buffer | null {
  const out: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter);
    if (digit < 0) return null;
    value = ((value << 5) | digit) & 0xffff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push((value >>> bits) & 0xff);
    }
  }
  return Buffer.from(out);
}

/** The 32-byte public key of an Ed25519 seed (RFC 8032). */
export function ed25519PublicKey(seed: Uint8Array): Buffer {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_ED25519, seed]), format: "der", type: "pkcs8" });
  return Buffer.from(createPublicKey(key).export({ format: "der", type: "spki" })).subarray(-32);
}

/** "<56>.onion" of a v3 service (Tor rend-spec-v3, section 6). */
export function onionOf(publicKey: Uint8Array): string {
  return `${base32(Buffer.concat([publicKey, checksum(publicKey), Buffer.from([3])]))}.onion`;
}

function checksum(publicKey: Uint8Array): Buffer {
  return createHash("sha3-256")
    .update(".onion checksum")
    .update(publicKey)
    .update(Buffer.from([3]))
    .digest()
    .subarray(0, 2);
}

/** True for a v3 onion name whose checksum holds; upper case and sub-names are not. */
export function isOnion(host: string): boolean {
  if (!/^[a-z2-7]{56}\.onion$/.test(host)) return false;
  const bytes = fromBase32(host.slice(0, 56));
  if (bytes?.length !== 35 || bytes[34] !== 3) return false;
  return checksum(bytes.subarray(0, 32)).equals(bytes.subarray(32, 34));
}
