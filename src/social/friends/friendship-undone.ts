import type { Tx } from "../../store/tx.ts";
import { happen } from "./happen.ts";
import { bondWith } from "./queries.ts";

/** They are friends with the owner no more. No notice: a bell would only hurt. False: they were not. */
export async function friendshipUndone(tx: Tx, personId: string, now: number): Promise<boolean> {
  if ((await bondWith(tx, personId))?.state !== "friends") return false;
  await happen(tx, personId, { kind: "ended" }, now);
  return true;
}

/** They take back what they asked; it disappears here. False: nothing of theirs by that id. */
export async function offerWithdrawn(tx: Tx, personId: string, uri: string, now: number): Promise<boolean> {
  const bond = await bondWith(tx, personId);
  if (bond === null || uri === "" || bond.theirUri !== uri) return false;
  await happen(tx, personId, { kind: "withdrawn", uri }, now);
  return true;
}

/** A friendship that was only confirmed rests on the subscriptions both ways: when one of them ends, so does it. */
export async function endConfirmed(tx: Tx, personId: string, now: number): Promise<void> {
  if ((await bondWith(tx, personId))?.confirmed === true) await happen(tx, personId, { kind: "end" }, now);
}
