import type { Tx } from "../../../store/tx.ts";
import { releaseLetters } from "../letters/leave.ts";
import { holdLetters } from "../letters/queries.ts";
import { mergeCertificate, readCertificate, type TheirKey } from "../pgp/their-key.ts";
import { keyRows, moveKeys, putKey } from "./queries.ts";
import { isStopped, trustOf } from "./trust.ts";
import { believeWords } from "./words.ts";

/** used: messages go to it. changed: it is another than the one that is known, and nothing goes until the owner has looked. */
export type Learned = { is: "used" | "changed"; key: TheirKey };

/**
 * What a person's address says their key is. The first that is seen is taken; another one later never is without the
 * owner (B8), and of the one that is known an older copy takes nothing away (B9). Throws "key-not-understood".
 */
export async function learnKey(tx: Tx, personId: string, fetched: Uint8Array, now: number): Promise<Learned> {
  const seen = await readCertificate(fetched, now);
  const rows = await keyRows(tx, personId);
  const same = rows.find(({ fingerprint }) => fingerprint === seen.fingerprint);
  const key = same === undefined ? seen : await mergeCertificate(same.certificate, fetched, now);
  const used = rows.find(({ state }) => state === "used");
  const isUsed = used === undefined || used === same;
  const state = isUsed
    ? "used"
    : same?.state === "refused" || same?.state === "given"
      ? same.state
      : "offered";
  const { fingerprint, version, certificate } = key;
  // Only what their address names now is a question to the owner.
  await moveKeys(tx, personId, ["offered", "refused"], "past");
  await putKey(tx, { personId, fingerprint }, { version, certificate, state, now });
  if (isUsed) await believeWords(tx, personId, now);
  if (!isUsed) await holdLetters(tx, personId, "key-changed");
  else if (trustOf(rows).kind === "changed" && !(await isStopped(tx, personId)))
    await releaseLetters(tx, personId, now);
  return { is: isUsed ? "used" : "changed", key };
}
