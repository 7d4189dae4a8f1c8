import type { ReadClient } from "../../store/tx.ts";
import { setting } from "../settings/settings.ts";

/** How dates read where nobody says which language they want: as the owner's pages do. */
export async function ownLocale(read: ReadClient): Promise<string> {
  return (await setting(read, "language", "en")) === "de" ? "de-DE" : "en-GB";
}
