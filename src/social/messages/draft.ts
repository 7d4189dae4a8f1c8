import type { Tx } from "../../store/tx.ts";
import { LETTER_LIMITS } from "./letter.ts";
import { changeConversation } from "./queries.ts";

/** What the owner began to write waits here. */
export async function saveDraft(tx: Tx, personId: string, text: string): Promise<void> {
  await changeConversation(tx, personId, { draft: [...text].slice(0, LETTER_LIMITS.text).join("") });
}
