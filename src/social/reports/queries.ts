import type { ReadClient, Tx } from "../../store/tx.ts";

export type NewReport = { id: string; personId: string; own: boolean; uri: string; words: string };

export async function insertReport(tx: Tx, row: NewReport, postUris: string[], now: number): Promise<void> {
  await tx.report.create({ data: { ...row, at: new Date(now) } });
  if (postUris.length === 0) return;
  await tx.reportedPost.createMany({ data: postUris.map((uri) => ({ reportId: row.id, uri })) });
}

export async function reportRow(read: ReadClient, id: string) {
  return read.report.findUnique({ where: { id }, include: { posts: true, person: true } });
}

/** The latest first. */
export async function reportRows(read: ReadClient, own: boolean, limit: number) {
  return read.report.findMany({
    where: { own },
    include: { posts: true },
    orderBy: [{ at: "desc" }, { id: "asc" }],
    take: limit,
  });
}

export async function countReports(
  read: ReadClient,
  where: { own: boolean; personId?: string },
): Promise<number> {
  return read.report.count({ where });
}

export async function deleteReport(tx: Tx, id: string): Promise<void> {
  await tx.report.deleteMany({ where: { id } });
}

/** Of these addresses, those of posts by this person that are here. */
export async function postUrisOf(read: ReadClient, authorId: string, uris: string[]): Promise<string[]> {
  const rows = await read.post.findMany({ where: { authorId, uri: { in: uris } }, select: { uri: true } });
  return rows.map(({ uri }) => uri);
}
