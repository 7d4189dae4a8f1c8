import { type Key, readKeys, type Subkey } from "openpgp";
import { NodeError } from "../../../lib/errors.ts";
import { config } from "./config.ts";

/** Bytes of a certificate, also of one with years of strangers' signatures on it. */
const CERTIFICATE_MAX = 64 * 1024;
const SUBKEYS_MAX = 40;
/** What encrypts and what signs: those that are safe today, and of version 4 what GnuPG makes. */
const ALGORITHMS = ["ed25519", "x25519", "eddsaLegacy", "ecdh", "ecdsa", "rsaEncryptSign"];
const RSA_MIN = 2048;

/** `certificate`: only what they say of themselves. `goodUntil`: when their last encryption subkey ends; milliseconds. */
export type TheirKey = { fingerprint: string; version: 4 | 6; certificate: Uint8Array; goodUntil: number };

/** What somebody's address says their key is, binary or armoured. Throws "key-not-understood". */
export async function readCertificate(bytes: Uint8Array, now: number): Promise<TheirKey> {
  return cleaned(await keyIn(bytes), now);
}

/**
 * What is known of a key and what was fetched now, as one: of subkeys with a binding of its own key all are kept, so that
 * an older certificate, or one that was cut, takes nothing away (B9). Throws "key-not-understood".
 */
export async function mergeCertificate(
  kept: Uint8Array,
  fetched: Uint8Array,
  now: number,
): Promise<TheirKey> {
  const [before, after] = [await keyIn(kept), await keyIn(fetched)];
  if (before.getFingerprint() !== after.getFingerprint()) throw notUnderstood("two keys");
  return cleaned(await before.update(after, new Date(now)), now);
}

async function keyIn(bytes: Uint8Array): Promise<Key> {
  if (bytes.length > CERTIFICATE_MAX) throw notUnderstood("too large");
  const text = Buffer.from(bytes).toString("latin1");
  const isArmoured = text.trimStart().startsWith("-----BEGIN PGP");
  const read = isArmoured ? readKeys({ armoredKeys: text, config }) : readKeys({ binaryKeys: bytes, config });
  const [key, ...more] = await read.catch(() => {
    throw notUnderstood("no key");
  });
  if (key === undefined || more.length > 0) throw notUnderstood("not one key");
  if (key.isPrivate()) throw notUnderstood("a secret key");
  if (key.keyPacket.version !== 4 && key.keyPacket.version !== 6) throw notUnderstood("version");
  if (!isSafe(key) || key.subkeys.length > SUBKEYS_MAX) throw notUnderstood("weak, or too many subkeys");
  return key;
}

function isSafe(key: Key | Subkey): boolean {
  const { algorithm, bits } = key.getAlgorithmInfo();
  if (!ALGORITHMS.includes(algorithm)) return false;
  return algorithm !== "rsaEncryptSign" || (bits ?? 0) >= RSA_MIN;
}

/** Without what others signed, and without subkeys that are not theirs by their own signature, or are over. */
async function cleaned(key: Key, now: number): Promise<TheirKey> {
  // A clock that is ahead makes keys that begin in our future.
  const at = (one: Key | Subkey) => new Date(Math.max(now, one.getCreationTime().getTime()));
  await key.verifyPrimaryKey(at(key)).catch(() => {
    throw notUnderstood("the key does not stand for itself");
  });
  const good: Subkey[] = [];
  let goodUntil = 0;
  for (const subkey of key.subkeys) {
    // null: no binding of the key's own.
    const end = isSafe(subkey) ? await subkey.getExpirationTime(at(subkey)) : null;
    const endsAt = end instanceof Date ? end.getTime() : (end ?? 0);
    if (endsAt <= now) continue;
    good.push(subkey);
    if (await encrypts(key, subkey, at(subkey))) goodUntil = Math.max(goodUntil, endsAt);
  }
  key.subkeys = good;
  for (const user of key.users) user.otherCertifications = [];
  const version = key.keyPacket.version === 6 ? 6 : 4;
  return { fingerprint: key.getFingerprint(), version, certificate: key.write(), goodUntil };
}

async function encrypts(key: Key, subkey: Subkey, date: Date): Promise<boolean> {
  try {
    await key.getEncryptionKey(subkey.getKeyID(), date);
    return true;
  } catch {
    return false;
  }
}

function notUnderstood(why: string): NodeError {
  return new NodeError("key-not-understood", why);
}
