import type { ReadClient, Tx } from "../../store/tx.ts";
import { changeSetting, setting } from "../settings/settings.ts";
import { languageOf } from "./publish.ts";

const KEY = "compose.language";

/** The language of the post before; of the first one: the language of the pages. */
export async function lastLanguage(read: ReadClient, otherwise: string): Promise<string> {
  return languageOf(await setting(read, KEY, otherwise));
}

export async function rememberLanguage(tx: Tx, language: string): Promise<void> {
  const known = languageOf(language);
  if ((await setting(tx, KEY, "")) !== known) await changeSetting(tx, KEY, known);
}
