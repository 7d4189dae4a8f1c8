import { createMessage, encrypt } from "openpgp";
import { NodeError } from "../../../lib/errors.ts";
import { config } from "./config.ts";
import { type OwnKeys, wholeKey } from "./own-key.ts";
import { padded } from "./padding.ts";
import { publicKey } from "./parsed.ts";
import { isGood } from "./seal.ts";

/**
 * The words themselves, signed, where there is a key for it (`own`), and sealed for somebody's OpenPGP program, as armour. Their key's id stands in it, as such programs
 * want it; it says no more than to whom it goes. Throws "key-expired" when no key of theirs is good now.
 */
export async function sealMail(
  text: string,
  { own, theirs, now }: { own: OwnKeys | null; theirs: Uint8Array; now: number },
): Promise<string> {
  const key = own === null ? null : await wholeKey(own);
  // A clock that was set back to before the key was made signs as of then.
  const date = new Date(Math.max(now, key?.getCreationTime().getTime() ?? 0));
  const to = await publicKey(theirs);
  if (!(await isGood(to, date))) throw new NodeError("key-expired", "no subkey of theirs is good");
  return await encrypt({
    // A line of its own for what only makes it longer.
    message: await createMessage({ binary: padded(`${text}\n`) }),
    encryptionKeys: to,
    ...(key === null ? {} : { signingKeys: key }),
    date,
    format: "armored",
    config,
  });
}
