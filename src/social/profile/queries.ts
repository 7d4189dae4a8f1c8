import type { Tx } from "../../store/tx.ts";
import { dropJobsById } from "../deliveries/queries.ts";

export async function updateOwnRow(
  tx: Tx,
  ownerId: string,
  data: { name: string; aboutHtml: string; pictureUrl: string; approves: boolean },
): Promise<void> {
  await tx.person.update({ where: { id: ownerId }, data });
}

export async function dropProfileJobs(tx: Tx): Promise<void> {
  const rows = await tx.job.findMany({ where: { kind: "profile" }, select: { id: true } });
  await dropJobsById(
    tx,
    rows.map(({ id }) => id),
  );
}
