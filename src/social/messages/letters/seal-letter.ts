import { NodeError } from "../../../lib/errors.ts";
import type { ReadClient } from "../../../store/tx.ts";
import type { Identity } from "../../identity/identity.ts";
import { writtenLetter } from "../check-letter.ts";
import { ownKeys } from "../keys/own.ts";
import { usedKey } from "../keys/trust.ts";
import { conversationOf } from "../letter.ts";
import { fingerprintOf } from "../pgp/own-key.ts";
import { seal } from "../pgp/seal.ts";
import type { LetterRow } from "./queries.ts";
import { saidIn } from "./said.ts";

/** A letter as it goes over the wire. nothing: it says nothing any more. no-key: they have none that it could be sealed to. */
export async function sealLetter(
  read: ReadClient,
  me: Identity,
  letter: LetterRow,
  to: string,
  now: number,
): Promise<Uint8Array | "nothing" | "no-key"> {
  const content = await saidIn(read, letter);
  if (content === null) return "nothing";
  const own = await ownKeys(read);
  const theirs = await usedKey(read, letter.personId);
  if (own === null || theirs === null) return "no-key";
  const text = writtenLetter({
    ...{ v: 1, id: letter.id, from: me.ownerUri, to, seq: letter.seq, prev: letter.prev, content },
    fromKey: await fingerprintOf(own.key),
    toKey: theirs.fingerprint,
    conv: conversationOf(me.ownerUri, to),
    published: letter.at.getTime(),
  });
  try {
    return await seal(text, { own, theirs: new Uint8Array(theirs.certificate), now });
  } catch (error) {
    if (error instanceof NodeError && error.code === "key-expired") return "no-key";
    throw error;
  }
}
