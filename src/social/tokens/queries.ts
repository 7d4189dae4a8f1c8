import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";

export type TokenView = { id: string; name: string; scopes: string[]; createdAt: number };

const MOST = 100;

export async function insertToken(tx: Tx, data: Prisma.ApiTokenUncheckedCreateInput): Promise<void> {
  await tx.apiToken.create({ data });
}

export async function tokenRow(read: ReadClient, hash: string): Promise<TokenView | null> {
  const row = await read.apiToken.findFirst({ where: { hash } });
  return row === null ? null : viewOf(row);
}

export async function tokenRows(read: ReadClient): Promise<TokenView[]> {
  return (await read.apiToken.findMany({ orderBy: { createdAt: "desc" }, take: MOST })).map(viewOf);
}

export async function deleteToken(tx: Tx, id: string): Promise<void> {
  await tx.apiToken.deleteMany({ where: { id } });
}

function viewOf(row: Prisma.ApiTokenModel): TokenView {
  return { id: row.id, name: row.name, scopes: row.scopes.split(" "), createdAt: row.createdAt.getTime() };
}
