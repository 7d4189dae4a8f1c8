import type { Tx } from "../../store/tx.ts";

export async function updateOwnRow(
  tx: Tx,
  ownerId: string,
  data: { name: string; aboutHtml: string; pictureUrl: string; approves: boolean },
): Promise<void> {
  await tx.person.update({ where: { id: ownerId }, data });
}
