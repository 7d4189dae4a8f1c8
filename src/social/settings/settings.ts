import type { ReadClient, Tx } from "../../store/tx.ts";
import { readSetting, readSettings, writeSetting } from "./queries.ts";

/** "no": nobody is told that the node is back after an absence. */
export const HELLO_SETTING = "hello";

/** A setting of the owner, or what holds when it was never set. */
export async function setting(read: ReadClient, key: string, otherwise: string): Promise<string> {
  return (await readSetting(read, key)) ?? otherwise;
}

export async function changeSetting(tx: Tx, key: string, value: string): Promise<void> {
  await writeSetting(tx, key, value);
}

/** Several at once; those never set are not in it. */
export function settings(read: ReadClient, keys: string[]): Promise<Map<string, string>> {
  return readSettings(read, keys);
}
