import { NodeError } from "../../../lib/errors.ts";
import type { Tx } from "../../../store/tx.ts";
import { releaseLetters } from "../letters/leave.ts";
import { trustWords } from "../queries.ts";
import type { Verified } from "../view.ts";
import { changeKey, keyRows, moveKeys } from "./queries.ts";
import { dropKeyWords } from "./word-queries.ts";

/**
 * The owner knows that this key is theirs: messages go to it, what was held too, and the one before is history. Throws
 * "key-not-found" when the key is none that their address named, so that a page left open too long says yes to no other.
 */
export async function theyMatch(
  tx: Tx,
  personId: string,
  fingerprint: string,
  how: Verified,
  now: number,
): Promise<void> {
  const row = (await keyRows(tx, personId)).find((key) => key.fingerprint === fingerprint);
  if (row === undefined || row.state === "past") throw new NodeError("key-not-found", "no key to say yes to");
  if (row.state !== "used") await moveKeys(tx, personId, ["used", "offered", "given", "refused"], "past");
  await changeKey(tx, { personId, fingerprint }, { state: "used", verified: how, verifiedAt: new Date(now) });
  // What it signed before the owner had looked is no more in doubt.
  await trustWords(tx, personId, fingerprint);
  if (row.state !== "used") await releaseLetters(tx, personId, now);
}

/** The owner knows that it is not: nothing is sent as long as their address names it. Throws "key-not-found". */
export async function theyDiffer(tx: Tx, personId: string, fingerprint: string): Promise<void> {
  const row = (await keyRows(tx, personId)).find((key) => key.fingerprint === fingerprint);
  if (row === undefined || row.state === "past") throw new NodeError("key-not-found", "no key to say no to");
  if (row.state === "used") {
    // Nothing else is known of them: whatever their address names next is asked about.
    await changeKey(tx, { personId, fingerprint }, { verified: "" });
    await dropKeyWords(tx, personId, fingerprint);
    return;
  }
  await changeKey(tx, { personId, fingerprint }, { state: "refused" });
}
