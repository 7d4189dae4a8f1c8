import { NodeError } from "../../../lib/errors.ts";
import type { Tx } from "../../../store/tx.ts";
import { learnKey } from "../keys/learn.ts";
import { changeKey, moveKeys } from "../keys/queries.ts";
import { readCertificate } from "../pgp/their-key.ts";
import { waysTo } from "../way.ts";

/**
 * The owner has somebody's certificate, armoured or not. It counts as one that their address names: the first is taken, another one is
 * asked about. Throws "key-not-understood", "not-allowed" for whoever has a device that names its own.
 */
export async function giveKey(
  tx: Tx,
  personId: string,
  certificate: Uint8Array,
  now: number,
): Promise<"used" | "changed"> {
  const way = (await waysTo(tx, [personId])).get(personId);
  if (way !== "mail" && way !== "open") throw new NodeError("not-allowed", "their device names its key");
  const { goodUntil } = await readCertificate(certificate, now);
  if (goodUntil === 0) throw new NodeError("key-not-understood", "nothing can be encrypted to it");
  await moveKeys(tx, personId, ["given"], "past");
  const { is, key } = await learnKey(tx, personId, certificate, now);
  // Whatever their server names meanwhile, it stands until the owner has looked.
  if (is === "changed") await changeKey(tx, { personId, fingerprint: key.fingerprint }, { state: "given" });
  return is;
}
