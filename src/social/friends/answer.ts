import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { happen } from "./happen.ts";
import { bondWith } from "./queries.ts";

/** The owner is friends with somebody who asked. Throws "person-not-found" when nobody did. */
export async function acceptFriend(tx: Tx, personId: string, now: number): Promise<void> {
  const bond = await bondWith(tx, personId);
  if (bond === null || bond.state === "asked") throw new NodeError("person-not-found", "nobody asked");
  await happen(tx, personId, { kind: "accept" }, now);
}

/** The owner does not want to be: the question goes, and nobody is told. No effect when nobody asked. */
export async function declineFriend(tx: Tx, personId: string, now: number): Promise<void> {
  await happen(tx, personId, { kind: "decline" }, now);
}
