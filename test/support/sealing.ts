import {
  certificateOf,
  fingerprintOf,
  makeKey,
  makeSubkey,
  type OwnKeys,
} from "../../src/social/messages/pgp/own-key.ts";

/** When the subkeys of these people began; a whole second, as OpenPGP counts. */
export const START = Date.UTC(2026, 10, 30, 9);
export const DAY = 24 * 60 * 60_000;
/** Their keys are older. */
const AGE = 60 * DAY;

/** Somebody with real keys, whose first subkey began then. `theirs`: what others know of them. */
export type Sealer = { uri: string; own: OwnKeys; theirs: Uint8Array; fingerprint: string };

export async function sealerAt(name: string, version: 4 | 6 = 6, began = START): Promise<Sealer> {
  const key = await makeKey(`${name}@${name}.example`, began - AGE, version);
  const own = { key, subkeys: [await makeSubkey(key, began)] };
  const [theirs, fingerprint] = [await certificateOf(own), await fingerprintOf(key)];
  return { uri: `https://${name}.example/users/${name}`, own, theirs, fingerprint };
}
