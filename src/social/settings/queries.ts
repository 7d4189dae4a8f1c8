import type { ReadClient, Tx } from "../../store/tx.ts";

export async function readSetting(read: ReadClient, key: string): Promise<string | null> {
  return (await read.setting.findUnique({ where: { key } }))?.value ?? null;
}

export async function writeSetting(tx: Tx, key: string, value: string): Promise<void> {
  await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}

export async function dropSetting(tx: Tx, key: string): Promise<void> {
  await tx.setting.deleteMany({ where: { key } });
}

export async function readSettings(read: ReadClient, keys: string[]): Promise<Map<string, string>> {
  const rows = await read.setting.findMany({ where: { key: { in: keys } } });
  return new Map(rows.map(({ key, value }) => [key, value]));
}
