import { createMessage, encrypt, type Key } from "openpgp";
import { NodeError } from "../../../lib/errors.ts";
import { published } from "../rotation.ts";
import { config } from "./config.ts";
import { type OwnKeys, wholeKey } from "./own-key.ts";
import { padded } from "./padding.ts";
import { publicKey } from "./parsed.ts";

type Between = { own: OwnKeys; theirs: Uint8Array; now: number };

/**
 * Signs and then encrypts (SEIPDv2 with GCM for keys of version 6), to their newest subkey and to the owner's, whose names are
 * left out; but for keys of version 4: GnuPG tries every secret key on what names none, asks for each one's passphrase, and ends
 * as if it had not worked. Throws "key-expired" when none of theirs is good now.
 */
export async function seal(text: string, { own, theirs, now }: Between): Promise<Uint8Array> {
  const key = await wholeKey(own);
  // A clock that was set back to before the key was made signs as of then.
  const date = new Date(Math.max(now, key.getCreationTime().getTime()));
  const to = await publicKey(theirs);
  if (!(await isGood(to, date))) throw new NodeError("key-expired", "no subkey of theirs is good");
  // Only what has begun: the one that begins next week is not good yet. After a clock was set back none may have.
  const begun = published(own.subkeys, now);
  const self = begun.length === 0 ? [] : [(await wholeKey({ key: own.key, subkeys: begun })).toPublic()];
  const sealed = await encrypt({
    message: await createMessage({ binary: padded(text) }),
    encryptionKeys: [to, ...self],
    signingKeys: key,
    wildcard: to.keyPacket.version === 6,
    date,
    format: "binary",
    config,
  });
  return sealed;
}

export async function isGood(key: Key, date: Date): Promise<boolean> {
  try {
    await key.getEncryptionKey(undefined, date);
    return true;
  } catch {
    return false;
  }
}
