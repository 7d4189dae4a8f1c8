import { enqueue } from "../../../store/jobs.ts";
import type { Tx } from "../../../store/tx.ts";
import { may } from "../../access.ts";
import type { Identity } from "../../identity/identity.ts";
import { viewerOf } from "../../viewer.ts";
import { insertSealed } from "./queries.ts";

/** Opened as long as anything of that time still opens. */
const LIFE = 21 * 24 * 60 * 60_000;

/** Whether the owner wants messages of theirs. */
export async function mayWrite(tx: Tx, me: Identity, personId: string): Promise<boolean> {
  const viewer = await viewerOf(tx, me.ownerId, personId);
  const anyone = { reach: "everyone" as const, people: [], audiences: [], without: [] };
  return may(viewer, "message", { ...anyone, authorId: me.ownerId });
}

/** A letter came. Of whom the owner wants no messages it is forgotten; they do not learn it. */
export async function keepSealed(
  tx: Tx,
  me: Identity,
  letter: Parameters<typeof insertSealed>[1],
  now: number,
): Promise<void> {
  if (!(await mayWrite(tx, me, letter.personId))) return;
  await insertSealed(tx, letter);
  await enqueue(tx, { kind: "open-letter", peer: "", about: { sealedId: letter.id }, lifeMs: LIFE }, now);
}
