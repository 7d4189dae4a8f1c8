import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { type Choice, FRIENDS, SUBSCRIBERS } from "../audiences/choice.ts";
import { allThere } from "../audiences/queries.ts";
import { isOpen } from "../posts/reach.ts";

/** Throws "audience-not-found", "open-to-all", "reach-not-allowed" (chosen, and nobody is). */
export async function assertChoice(tx: Tx, { reach, people, audiences, without }: Choice): Promise<void> {
  if (isOpen(reach) && without.length > 0)
    throw new NodeError("open-to-all", "somebody is left out of everyone");
  if (reach === "chosen" && people.length === 0 && audiences.length === 0)
    throw new NodeError("reach-not-allowed", "nobody chosen");
  const ids = [...people, ...audiences, ...without].filter((id) => id !== FRIENDS && id !== SUBSCRIBERS);
  if (!(await allThere(tx, ids))) throw new NodeError("audience-not-found", "one that is gone");
}
