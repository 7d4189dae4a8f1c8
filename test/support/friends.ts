import type { Tx } from "../../src/store/tx.ts";

/** The two are friends: asked over the wire and agreed there, unless `uri` says that it was without. */
export async function befriend(
  tx: Tx,
  personId: string,
  now: number,
  uri = "http://x.example/acts/f",
): Promise<void> {
  await tx.friendship.create({ data: { personId, state: "friends", theirUri: uri, at: new Date(now) } });
}
