import { encryptKey, enums, generateKey, type PrivateKey, readKey } from "openpgp";
import { config, configFor } from "./config.ts";
import { secretKey } from "./parsed.ts";

/** Seconds that a subkey is good for: two weeks. */
const SUBKEY_LIFE = 14 * 24 * 60 * 60;

/** `secret`: the secret subkey with its binding signature. `startsAt`: milliseconds. */
export type Subkey = { fingerprint: string; startsAt: number; secret: Uint8Array };

/** `key`: the part that certifies and signs, without any that decrypts. */
export type OwnKeys = { key: Uint8Array; subkeys: readonly Subkey[] };

/** What stands as the birthday in everybody's key, so that it tells nothing of when somebody began. */
const BIRTHDAY = Date.UTC(2026, 0, 1);

/** As which time a key is made, in milliseconds; a clock that was set back makes none of the future, which would not sign. */
export function birthdayAt(now: number): number {
  return Math.min(now, BIRTHDAY);
}

/**
 * A transferable secret key (RFC 9580, 10.2) that certifies and signs. What decrypts comes later and goes again, so nothing in it
 * does. `address`: "name@host", by which Web Key Directories find it. `born`: milliseconds.
 */
export async function makeKey(address: string, born: number, version: 4 | 6 = 6): Promise<Uint8Array> {
  const { privateKey } = await generateKey({
    ...kindOf(version),
    userIDs: [{ email: address }],
    subkeys: [],
    date: new Date(born),
    format: "object",
    config: configFor(version),
  });
  return privateKey.write();
}

/** An encryption subkey, good from `startsAt` (milliseconds) for `life` seconds. */
export async function makeSubkey(key: Uint8Array, startsAt: number, life = SUBKEY_LIFE): Promise<Subkey> {
  const before = await secretKey(key);
  const version = before.keyPacket.version === 6 ? 6 : 4;
  const after = await before.addSubkey({
    ...kindOf(version),
    sign: false,
    keyExpirationTime: life,
    date: new Date(startsAt),
    config: configFor(version),
  });
  const subkey = after.subkeys.at(-1);
  if (subkey === undefined) throw new TypeError("a subkey was made and is not there");
  // Its packets follow those of the key.
  const secret = after.write().subarray(before.write().length);
  return { fingerprint: subkey.getFingerprint(), startsAt, secret };
}

function kindOf(version: 4 | 6) {
  return version === 6
    ? ({ type: "curve25519" } as const)
    : ({ type: "ecc", curve: "ed25519Legacy" } as const);
}

/** All of it in one. */
export function wholeKey({ key, subkeys }: OwnKeys): Promise<PrivateKey> {
  return secretKey(Buffer.concat([key, ...subkeys.map(({ secret }) => secret)]));
}

/** What others get, with exactly these subkeys. */
export async function certificateOf(own: OwnKeys): Promise<Uint8Array> {
  return (await wholeKey(own)).toPublic().write();
}

/**
 * All of it, armoured, locked with a passphrase in the one way that GnuPG reads: iterated and salted (RFC 9580, 3.7.1.3) with as many
 * rounds as it counts, and CFB. Guessing at it costs far less than at the vault.
 */
export async function lockedKey(own: OwnKeys, passphrase: string): Promise<string> {
  const lock = { aeadProtect: false, s2kType: enums.s2k.iterated, s2kIterationCountByte: 255 } as const;
  const privateKey = await wholeKey(own);
  return (await encryptKey({ privateKey, passphrase, config: { ...config, ...lock } })).armor();
}

/** What others get, as text to be handed on. */
export async function armouredCertificateOf(own: OwnKeys): Promise<string> {
  return (await wholeKey(own)).toPublic().armor();
}

/** Of a secret or a public key, lower-case hex. */
export async function fingerprintOf(key: Uint8Array): Promise<string> {
  return (await readKey({ binaryKey: key, config })).getFingerprint();
}
