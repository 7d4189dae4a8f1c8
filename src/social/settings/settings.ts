import type { ReadClient, Tx } from "../../store/tx.ts";
import { readSetting, writeSetting } from "./queries.ts";

/** A setting of the owner, or what holds when it was never set. */
export async function setting(read: ReadClient, key: string, otherwise: string): Promise<string> {
  return (await readSetting(read, key)) ?? otherwise;
}

export async function changeSetting(tx: Tx, key: string, value: string): Promise<void> {
  await writeSetting(tx, key, value);
}
