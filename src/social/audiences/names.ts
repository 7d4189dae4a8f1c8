import type { ReadClient } from "../../store/tx.ts";
import { FRIENDS, SUBSCRIBERS } from "./choice.ts";
import { namesById } from "./queries.ts";

/** What the owner calls these audiences and people, by id. Whatever is gone has no name, nor have friends and subscribers. */
export async function namesOf(read: ReadClient, ids: readonly string[]): Promise<Map<string, string>> {
  const made = [...new Set(ids)].filter((id) => id !== FRIENDS && id !== SUBSCRIBERS);
  return made.length === 0 ? new Map() : namesById(read, made);
}
