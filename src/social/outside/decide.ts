import { NodeError } from "../../lib/errors.ts";
import { isPublicName } from "../../lib/public-name.ts";
import type { Tx } from "../../store/tx.ts";
import { saveOutside } from "./queries.ts";

/** The owner's decision about a server outside; it may be changed at any time. Throws "address-not-understood". */
export async function decide(
  tx: Tx,
  server: { host: string; state: "allowed" | "refused" },
  now: number,
): Promise<void> {
  if (!isPublicName(server.host)) throw new NodeError("address-not-understood", "no name of a server");
  await saveOutside(tx, { ...server, at: now });
}
