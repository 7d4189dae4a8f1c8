import type { ReadClient, Tx } from "../../../store/tx.ts";
import type { Identity } from "../../identity/identity.ts";
import { destroySecret, readSecret, writeSecret } from "../../identity/queries.ts";
import { birthdayAt, certificateOf, makeKey, makeSubkey, type OwnKeys } from "../pgp/own-key.ts";
import { forgetSecretKeys } from "../pgp/parsed.ts";
import { readCertificate } from "../pgp/their-key.ts";

/** Seconds. Whoever uses GnuPG fetches a key once, so it cannot be good for two weeks only. */
const LIFE = 2 * 365 * 24 * 60 * 60;

/**
 * The owner's second key, of version 4, for people who use GnuPG; null: the owner made none. It is one piece, its secrets stay as long as it
 * does: what was recorded on its way can be opened by whoever gets it.
 */
export async function gnupgKeys(read: ReadClient): Promise<OwnKeys | null> {
  const key = await readSecret(read, "openpgp-4");
  return key === null ? null : { key: new Uint8Array(key), subkeys: [] };
}

/** What people who use GnuPG fetch; null: the owner made no key for them. */
export async function gnupgCertificate(read: ReadClient): Promise<Uint8Array | null> {
  const keys = await gnupgKeys(read);
  return keys === null ? null : certificateOf(keys);
}

/** Its fingerprint, lower-case hex, and until when it can be written to, in milliseconds; null: the owner made none. */
export async function gnupgKey(
  read: ReadClient,
  now: number,
): Promise<{ fingerprint: string; goodUntil: number } | null> {
  const certificate = await gnupgCertificate(read);
  return certificate === null ? null : readCertificate(certificate, now);
}

/** Makes it, once. */
export async function makeGnupgKeys(tx: Tx, me: Identity, now: number): Promise<void> {
  if ((await readSecret(tx, "openpgp-4")) !== null) return;
  const key = await makeKey(`${me.handle}@${me.onion}`, birthdayAt(now), 4);
  const { secret } = await makeSubkey(key, now, LIFE);
  await writeSecret(tx, "openpgp-4", Buffer.concat([key, secret]), now);
}

/** Nothing that was sealed to it opens here any more. */
export async function destroyGnupgKeys(tx: Tx): Promise<void> {
  await destroySecret(tx, "openpgp-4");
  forgetSecretKeys();
}
