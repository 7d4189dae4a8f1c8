import type { Tx } from "../../store/tx.ts";
import { dropDeliveries, dropJobsById, postsNaming, postsOwed, queuedFor } from "./queries.ts";

/**
 * What waits for a person, or was given up for them, is not sent. `but`: posts that name them still are, for those were never sent because
 * they subscribed; "nothing": those neither.
 */
export async function withhold(
  tx: Tx,
  person: { id: string; host: string },
  but: "what names them" | "nothing",
): Promise<void> {
  const jobs = await queuedFor(tx, person.id, person.host);
  const owed = await postsOwed(tx, person.id);
  const postIds = [...new Set([...owed, ...jobs.map(({ about }) => about["postId"] ?? "")])];
  const kept = but === "nothing" ? new Set<string>() : await postsNaming(tx, person.id, postIds);
  const unwanted = jobs.filter(({ about }) => !kept.has(about["postId"] ?? ""));
  await dropJobsById(
    tx,
    unwanted.map(({ id }) => id),
  );
  for (const postId of owed.filter((id) => !kept.has(id))) {
    await dropDeliveries(tx, { personId: person.id, postId, state: { in: ["waiting", "stopped"] } });
  }
}
