import type { Tx } from "../../store/tx.ts";
import { LETTER_LIMITS } from "./letter.ts";
import { changeConversation, messageRows, raiseConversation } from "./queries.ts";

/** What the owner began to write waits here; where nothing else is, a conversation is in the list as long as it does. */
export async function saveDraft(tx: Tx, personId: string, text: string, now: number): Promise<void> {
  await changeConversation(tx, personId, { draft: [...text].slice(0, LETTER_LIMITS.text).join("") });
  if ((await messageRows(tx, { personId, now }, 1)).length > 0) return;
  if (text.trim() === "") await changeConversation(tx, personId, { sortKey: "" });
  else await raiseConversation(tx, personId, now);
}
