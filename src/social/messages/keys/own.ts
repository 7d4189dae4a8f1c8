import type { Store } from "../../../store/store.ts";
import type { ReadClient, Tx } from "../../../store/tx.ts";
import type { Identity } from "../../identity/identity.ts";
import { readSecret, writeSecret } from "../../identity/queries.ts";
import { birthdayAt, certificateOf, makeKey, makeSubkey, type OwnKeys, type Subkey } from "../pgp/own-key.ts";
import { forgetSecretKeys } from "../pgp/parsed.ts";
import { planRotation, published } from "../rotation.ts";
import { destroySubkeys, insertSubkey, subkeyRows } from "./queries.ts";

/** The owner's OpenPGP key with everything that still decrypts; null before it is made. */
export async function ownKeys(read: ReadClient): Promise<OwnKeys | null> {
  const key = await readSecret(read, "openpgp");
  return key === null ? null : { key: new Uint8Array(key), subkeys: await subkeyRows(read) };
}

/**
 * Makes the owner's key once, a new encryption subkey every week, and destroys what is older than three: what was
 * recorded on its way opens no more then, whoever takes this device.
 */
async function rotateKeys(tx: Tx, me: Identity, now: number): Promise<void> {
  const kept = await readSecret(tx, "openpgp");
  const key =
    kept === null ? await makeKey(`${me.handle}@${me.onion}`, birthdayAt(now)) : new Uint8Array(kept);
  if (kept === null) await writeSecret(tx, "openpgp", Buffer.from(key), now);
  const { make, destroy } = planOf(await subkeyRows(tx), now);
  for (const startsAt of make) await insertSubkey(tx, await makeSubkey(key, startsAt));
  if (destroy.length === 0) return;
  await destroySubkeys(tx, destroy);
  forgetSecretKeys();
}

/** As rotateKeys, and writes nothing when there is nothing to do. */
export async function keepKeys(
  store: Pick<Store, "read" | "transact">,
  me: Identity,
  now: number,
): Promise<void> {
  const own = await ownKeys(store.read);
  if (own === null || isDue(own.subkeys, now)) await store.transact((tx) => rotateKeys(tx, me, now));
}

function planOf(subkeys: readonly Subkey[], now: number) {
  return planRotation(
    subkeys.map(({ startsAt }) => startsAt),
    now,
  );
}

function isDue(subkeys: readonly Subkey[], now: number): boolean {
  const { make, destroy } = planOf(subkeys, now);
  return make.length > 0 || destroy.length > 0;
}

/** What others fetch: the newest two subkeys that have begun. null before it is made. */
export async function ownCertificate(read: ReadClient, now: number): Promise<Uint8Array | null> {
  const own = await ownKeys(read);
  return own === null ? null : certificateOf({ key: own.key, subkeys: published(own.subkeys, now) });
}
