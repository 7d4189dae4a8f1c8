import { createMessage, encrypt, type Key, readKey } from "openpgp";
import { NodeError } from "../../../lib/errors.ts";
import { published } from "../rotation.ts";
import { config } from "./config.ts";
import { type OwnKeys, wholeKey } from "./own-key.ts";
import { padded } from "./padding.ts";

type Between = { own: OwnKeys; theirs: Uint8Array; now: number };

/**
 * Signs and then encrypts (SEIPDv2 with GCM for keys of version 6), to their newest subkey and to the owner's, whose names are
 * left out. Throws "key-expired" when none of theirs is good now.
 */
export async function seal(text: string, { own, theirs, now }: Between): Promise<Uint8Array> {
  const date = new Date(now);
  const key = await wholeKey(own);
  const to = await readKey({ binaryKey: theirs, config });
  if (!(await isGood(to, date))) throw new NodeError("key-expired", "no subkey of theirs is good");
  // Only what has begun: the one that begins next week is not good yet.
  const self = await wholeKey({ key: own.key, subkeys: published(own.subkeys, now) });
  const sealed = await encrypt({
    message: await createMessage({ binary: padded(text) }),
    encryptionKeys: [to, self.toPublic()],
    signingKeys: key,
    wildcard: true,
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
