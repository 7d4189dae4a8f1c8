import type { Tx } from "../../store/tx.ts";
import { postRow } from "../posts/queries.ts";
import { setQuote } from "./queries.ts";

/** The leave that a post of somebody else names was seen, or they quote themselves. The post may have changed meanwhile. */
export async function quoteVerified(
  tx: Tx,
  checked: { postId: string; quoteOfUri: string; stamp: string },
): Promise<void> {
  const row = await postRow(tx, checked.postId);
  if (row === null || row.own || row.quoteState !== "waiting") return;
  if (row.quoteOfUri !== checked.quoteOfUri || row.quoteStamp !== checked.stamp) return;
  await setQuote(tx, row.id, { quoteState: "approved", quoteStamp: checked.stamp });
}
