import { NodeError } from "../../lib/errors.ts";
import { enqueue } from "../../store/jobs.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { planFace } from "../people/face.ts";
import { acceptRequest } from "../subscriptions/answer.ts";
import { addWelcome, hasAsked, markLetIn } from "./queries.ts";

/**
 * The owner lets somebody in who waits: a request is accepted, and what they wrote is taken up as if it arrived now.
 * `only`: this of the two; who wrote may be answered without being let subscribe.
 */
export async function letIn(
  tx: Tx,
  me: Identity,
  personId: string,
  now: number,
  only: "everything" | "post" = "everything",
): Promise<void> {
  const wrote = await markLetIn(tx, personId);
  const asked = only === "everything" && (await hasAsked(tx, me.ownerId, personId));
  if (!wrote && !asked) throw new NodeError("person-not-found", "nobody waits");
  await addWelcome(tx, personId, now);
  await planFace(tx, personId, now);
  if (asked) await acceptRequest(tx, me, personId, now);
  if (wrote) await enqueue(tx, { kind: "let-in", peer: "", about: { personId } }, now);
}
