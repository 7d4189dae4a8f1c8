import type { Move } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import type { Tx } from "../../store/tx.ts";
import { planMoveCheck } from "../outbox/plan-fetches.ts";
import { ownRequest } from "../queries.ts";
import { readMove } from "../translate/move.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody says that they live at another address now (FEP-7628). */
export async function move(tx: Tx, incoming: Incoming<Move>): Promise<Verdict> {
  const { activity, sender, me, now } = incoming;

  // Authentication: the sender signed, and moves nobody but themselves.
  const target = readMove(activity, sender.uri);
  if (target === null) return { dropped: "not the sender's own move" };

  // Authorization: only whom the owner subscribes to can take the subscription along; and only to an address that
  // says, read at that address, that it is theirs (A29). A job looks there.
  const request = await ownRequest(tx, me.ownerId, sender.uri);
  if (request === null || request.state === "declined") return { dropped: "not subscribed to" };
  const planned = await planMoveCheck(tx, me, { personId: idOf(sender.uri), target }, now);
  return planned ? "accepted" : { dropped: "to nowhere, or to the owner" };
}
