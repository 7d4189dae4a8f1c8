import { NodeError } from "../../../lib/errors.ts";
import type { Random } from "../../../lib/ids.ts";
import type { ReadClient, Tx } from "../../../store/tx.ts";
import { addWelcome } from "../../gate/queries.ts";
import type { Identity } from "../../identity/identity.ts";
import { theyMatch } from "../keys/decide.ts";
import { leaveLetter, nextPlace } from "../letters/leave.ts";
import { requireLetters } from "../way.ts";
import { togetherDetail } from "./detail.ts";
import { changeTogether, dropTaken, insertTogether, rowOf, takenRow } from "./queries.ts";
import { CODE_LIFE, type TogetherWay } from "./show.ts";

/** What was read from another's screen. scanned: the owner is asked. waiting: for the other's answer. */
export type Taken = {
  token: string;
  way: TogetherWay;
  fingerprint: string;
  state: "scanned" | "waiting" | "done";
};

/** Milliseconds that the other may take to answer. */
const PATIENCE = 24 * 60 * 60_000;

/** The owner read somebody's code. Nothing goes out before they say that they are with them. */
export async function keepTaken(
  tx: Tx,
  { token, personId, fingerprint, way }: Omit<Taken, "state"> & { personId: string },
  now: number,
): Promise<void> {
  await dropTaken(tx, personId);
  // Nobody honest shows a token that is somebody else's, or the owner's own.
  if ((await rowOf(tx, token)) !== null) throw new NodeError("together-over", "a token that is known");
  const times = { at: new Date(now), until: new Date(now + CODE_LIFE) };
  await insertTogether(tx, { id: token, own: false, state: "scanned", personId, fingerprint, way, ...times });
}

export async function takenOf(read: ReadClient, personId: string, now: number): Promise<Taken | null> {
  const row = await takenRow(read, personId, now);
  if (row === null) return null;
  const { id: token, way, state, fingerprint } = row;
  return {
    ...{ token, fingerprint, way: way === "phone" ? "phone" : "together" },
    state: state === "waiting" || state === "done" ? state : "scanned",
  };
}

/** It was not from their screen. */
export async function dropTakenOf(tx: Tx, personId: string): Promise<void> {
  await dropTaken(tx, personId);
}

/**
 * The owner is with them: the key in the code is theirs, and their device is told who read it, once. What their address names was looked at
 * before. Throws "together-over", "key-not-found" when it is another key, "not-encrypted",
 * "person-not-found".
 */
export async function joinTogether(
  tx: Tx,
  me: Identity,
  personId: string,
  now: number,
  random: Random,
): Promise<void> {
  const taken = await takenOf(tx, personId, now);
  if (taken === null || taken.state !== "scanned") throw new NodeError("together-over", "no code to use");
  const { token, fingerprint, way } = taken;
  await requireLetters(tx, me, personId);
  await addWelcome(tx, personId, now);
  await theyMatch(tx, personId, fingerprint, way, now);
  await changeTogether(tx, token, { state: "waiting", until: new Date(now + PATIENCE) });
  const place = await nextPlace(tx, personId, now, random);
  await leaveLetter(tx, personId, place, { kind: "together", detail: togetherDetail(token, false) }, now);
}
