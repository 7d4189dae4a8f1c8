import { idOf } from "../../lib/ids.ts";
import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";

type Row = Prisma.PersonModel;

/** Where these people moved to, as far as the new place says that it is theirs. */
export async function movedPeople(read: ReadClient, rows: readonly Row[]): Promise<Row[]> {
  const gone = rows.filter(({ movedToUri }) => movedToUri !== "");
  if (gone.length === 0) return [];
  const ids = gone.map(({ movedToUri }) => idOf(movedToUri));
  const found = await read.person.findMany({ where: { id: { in: ids }, gone: false } });
  return found.filter((to) =>
    gone.some(({ uri, movedToUri }) => movedToUri === to.uri && names(to.aliases, uri)),
  );
}

export function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

/** Whether a list of addresses, one a line, has this one. */
export function names(aliases: string, uri: string): boolean {
  return linesOf(aliases).includes(uri);
}

export async function movingRow(read: ReadClient, id: string) {
  const select = { uri: true, aliases: true, movedToUri: true, gone: true } as const;
  return read.person.findUnique({ where: { id }, select });
}

export async function setMoved(
  tx: Tx,
  id: string,
  data: { aliases?: string; movedToUri?: string },
): Promise<void> {
  await tx.person.update({ where: { id }, data });
}

export async function countMoves(read: ReadClient, since: number): Promise<number> {
  return read.notice.count({ where: { kind: "moved", at: { gt: new Date(since) } } });
}
