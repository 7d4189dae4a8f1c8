import type { ReadClient, Tx } from "../../../store/tx.ts";
import type { MessageRow } from "../queries.ts";

/** A message by the address that it has as a post, in the conversation with one person. */
export async function messageAt(read: ReadClient, personId: string, uri: string): Promise<MessageRow | null> {
  return uri === "" ? null : read.message.findFirst({ where: { personId, uri } });
}

export async function isUnopened(read: ReadClient, personId: string, uri: string): Promise<boolean> {
  return (await read.sealedLetter.count({ where: { personId, uri } })) > 0;
}

/** What came and is not opened yet. */
export async function dropUnopenedAt(tx: Tx, personId: string, uri: string): Promise<boolean> {
  return (await tx.sealedLetter.deleteMany({ where: { personId, uri } })).count > 0;
}
