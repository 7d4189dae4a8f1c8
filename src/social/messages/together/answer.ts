import { NodeError } from "../../../lib/errors.ts";
import type { Random } from "../../../lib/ids.ts";
import type { Tx } from "../../../store/tx.ts";
import { addWelcome, dropWelcomeSince } from "../../gate/queries.ts";
import { theyMatch } from "../keys/decide.ts";
import { leaveLetter, nextPlace } from "../letters/leave.ts";
import { togetherDetail } from "./detail.ts";
import { changeTogether, togetherRow } from "./queries.ts";

/**
 * The owner says whether it was the person beside them who read the code. Yes: their key is verified here, and their device is
 * told. No: whoever it was is as unknown as before, and learns nothing. Throws "together-over".
 */
export async function answerTogether(
  tx: Tx,
  token: string,
  yes: boolean,
  now: number,
  random: Random,
): Promise<void> {
  const row = await togetherRow(tx, token, now);
  if (row === null || !row.own || row.state !== "scanned")
    throw new NodeError("together-over", "nobody to answer");
  const { personId, fingerprint, way, at } = row;
  await changeTogether(tx, token, { state: yes ? "done" : "refused" });
  if (!yes) return dropWelcomeSince(tx, personId, at);
  await addWelcome(tx, personId, now);
  await theyMatch(tx, personId, fingerprint, way === "phone" ? "phone" : "together", now);
  const place = await nextPlace(tx, personId, now, random);
  await leaveLetter(tx, personId, place, { kind: "together", detail: togetherDetail(token, true) }, now);
}
