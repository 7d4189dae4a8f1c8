import type { ReadClient, Tx } from "../../../store/tx.ts";
import { cleanParagraphs } from "../../html.ts";
import { gnupgKeys } from "../keys/gnupg.ts";
import { ownKeys } from "../keys/own.ts";
import { usedKey } from "../keys/trust.ts";
import { LETTER_LIMITS, messageIdOf } from "../letter.ts";
import { dropSealed, markTaken, type SealedLetter } from "../letters/queries.ts";
import { type OpenedMail, openMail } from "../pgp/open-mail.ts";
import { changeMessage, messageRow } from "../queries.ts";
import { isOddly, putArrived } from "./place.ts";
import { isTakenBack, putEdit } from "./receive-note.ts";

export type Opening = { mail: OpenedMail; signedBy: string } | { refused: string };

/** Opens what came from somebody elsewhere, with either of the owner's keys. */
export async function openArrived(read: ReadClient, row: SealedLetter): Promise<Opening> {
  const keys = [await gnupgKeys(read), await ownKeys(read)].filter((one) => one !== null);
  const theirs = await usedKey(read, row.personId);
  const certificate = theirs === null ? null : new Uint8Array(theirs.certificate);
  const mail = await openMail(row.sealed, keys, certificate);
  if ("refused" in mail) return mail;
  return { mail, signedBy: mail.signature === "known" ? (theirs?.fingerprint ?? "") : "" };
}

/** It is in the conversation, as text and nothing else (B13), and not here any more. `from`: their actor id. */
export async function takeArrived(
  tx: Tx,
  row: SealedLetter,
  { mail, signedBy }: Exclude<Opening, { refused: string }>,
  from: string,
): Promise<void> {
  await dropSealed(tx, row.id);
  const { personId, uri, writtenAt, at: arrivedAt } = row;
  // The server in between may hand it over again, as another post.
  if (mail.once !== "" && !(await markTaken(tx, messageIdOf(from, `signed ${mail.once}`), arrivedAt))) return;
  const text = cleanParagraphs(mail.text, LETTER_LIMITS.text);
  if (text === "") return;
  const id = messageIdOf(from, uri);
  const why = mail.signature === "other" ? "other" : "";
  const facts = { kind: "text", text, form: "mail", why, signedBy } as const;
  const before = await messageRow(tx, id);
  if (before === null) {
    const oddTime = isOddly(mail.signedAt, writtenAt);
    await putArrived(tx, { personId, id, uri, writtenAt, arrivedAt }, { ...facts, oddTime });
    return;
  }
  if (before.own || before.personId !== personId || (await isTakenBack(tx, before))) return;
  // A change proves no less than what it changes.
  if (before.kind === "text" && before.signedBy !== "" && signedBy !== before.signedBy) return;
  await changeMessage(tx, id, facts);
  if (before.kind === "text" && before.text !== text) await putEdit(tx, before, { text, at: arrivedAt });
}

/** It could not be opened: that stands as a line, so that the owner can ask for it again. Whoever sent it learns nothing. */
export async function dropUnopenable(
  tx: Tx,
  row: SealedLetter,
  refused: string,
  from: string,
): Promise<void> {
  await dropSealed(tx, row.id);
  const { personId, uri, writtenAt, at: arrivedAt } = row;
  const arriving = { personId, id: messageIdOf(from, uri), uri, writtenAt, arrivedAt };
  await putArrived(tx, arriving, { kind: "lost", form: "mail", why: refused });
}
