import type { Block } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { receiveBlock } from "../../social/people/receive-block.ts";
import type { Tx } from "../../store/tx.ts";
import { isOwner } from "../addresses.ts";
import { isKnownPerson } from "../queries.ts";
import { soleObject } from "../translate/object-of.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody blocks the owner. That they end it later is of no consequence here, so its Undo is not understood. */
export async function block(tx: Tx, incoming: Incoming<Block>): Promise<Verdict> {
  const { activity, sender, me, at, now } = incoming;

  // Authentication: the sender signed.
  // Authorization: anyone may end what is between them and the owner, and nothing else.
  if (!isOwner(at, soleObject(activity)?.href)) return { dropped: "not about the owner" };
  if (!(await isKnownPerson(tx, sender.uri))) return { dropped: "not known here" };

  await receiveBlock(tx, me, idOf(sender.uri), now);
  return "accepted";
}
