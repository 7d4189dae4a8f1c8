import { sortKeyOf } from "../../../lib/ids.ts";
import type { ReadClient, Tx } from "../../../store/tx.ts";
import type { Identity } from "../../identity/identity.ts";
import { fits, readLetter } from "../check-letter.ts";
import { ownKeys } from "../keys/own.ts";
import { keyRows } from "../keys/queries.ts";
import type { Letter } from "../letter.ts";
import { open } from "../pgp/open.ts";
import { fingerprintOf } from "../pgp/own-key.ts";
import { insertMessage, raiseConversation } from "../queries.ts";
import { type Coming, receiveLetter } from "../receive-letter.ts";
import { dropSealed, type SealedLetter } from "./queries.ts";

export type Sealed = SealedLetter;

/** `refused`: why, in a word for our log. `asked`: their key was asked for since the letter came. */
export type Opening = { letter: Letter; coming: Coming } | { refused: string; asked: boolean };

/**
 * Opens what came from somebody: signed by the key that is known as theirs, or by the one their address names now; then the
 * conversation says so. The text must be between the two and nobody else (B1, B2).
 */
export async function openSealed(
  read: ReadClient,
  me: Identity,
  row: Sealed,
  from: string,
): Promise<Opening> {
  const own = await ownKeys(read);
  if (own === null) return { refused: "no key of ours", asked: true };
  const keys = (await keyRows(read, row.personId)).filter(
    ({ state }) => state === "used" || state === "offered",
  );
  const asked = keys.some(({ askedAt }) => askedAt.getTime() >= row.at);
  let refused = "no key of theirs";
  const toKey = await fingerprintOf(own.key);
  for (const { fingerprint, certificate } of keys) {
    const opened = await open(row.sealed, { own, theirs: new Uint8Array(certificate), at: row.at });
    if ("refused" in opened) {
      refused = opened.refused;
      continue;
    }
    const { text, signedAt } = opened;
    const letter = readLetter(text);
    const expected = { from, to: me.ownerUri, fromKey: fingerprint, toKey, signedAt };
    if (letter === null || !fits(letter, expected)) return { refused: "not between these two", asked };
    const { personId, at: arrivedAt } = row;
    return { letter, coming: { personId, signedBy: fingerprint, signedAt, arrivedAt } };
  }
  return { refused, asked };
}

/** It is in the conversation, and not here any more. */
export async function takeOpened(tx: Tx, row: Sealed, letter: Letter, coming: Coming): Promise<void> {
  await dropSealed(tx, row.id);
  await receiveLetter(tx, letter, coming);
}

/**
 * It could not be opened. What was sealed to a key that is destroyed by now stands as a line, so that the owner can ask for it again; what
 * is nobody's honest letter is forgotten.
 */
export async function dropUnopened(tx: Tx, row: Sealed, refused: string): Promise<void> {
  await dropSealed(tx, row.id);
  if (refused !== "not-ours") return;
  const { id, personId, at } = row;
  await insertMessage(tx, {
    ...{ id, personId, own: false, kind: "lost", why: refused },
    sortKey: sortKeyOf(at, id),
    at: new Date(at),
    receivedAt: new Date(at),
  });
  await raiseConversation(tx, personId, at);
}
