import type { ReadClient, Tx } from "../../../store/tx.ts";
import type { Identity } from "../../identity/identity.ts";
import { readSecret, writeSecret } from "../../identity/queries.ts";
import { makeKey, makeSubkey, type OwnKeys } from "../pgp/own-key.ts";

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

/** Makes it, once. */
export async function makeGnupgKeys(tx: Tx, me: Identity, now: number): Promise<void> {
  if ((await readSecret(tx, "openpgp-4")) !== null) return;
  const key = await makeKey(`${me.handle}@${me.onion}`, now, 4);
  const { secret } = await makeSubkey(key, now, LIFE);
  await writeSecret(tx, "openpgp-4", Buffer.concat([key, secret]), now);
}
