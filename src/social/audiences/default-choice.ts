import type { ReadClient, Tx } from "../../store/tx.ts";
import { nameable } from "../posts/queries.ts";
import { readSetting, writeSetting } from "../settings/queries.ts";
import { type Choice, forEveryone, readChoice, written } from "./choice.ts";

/** What a choice is kept for; each is a setting that removing an audience rewrites. */
export type ChoiceKind = "note" | "article";

export const choiceKinds: readonly ChoiceKind[] = ["note", "article"];

const keyOf = (kind: ChoiceKind) => `seen.default.${kind}`;

/** Who the next one of this kind is for, unless the owner chooses otherwise. Whoever is gone or blocked is not in it. */
export async function defaultChoice(read: ReadClient, kind: ChoiceKind): Promise<Choice> {
  const kept = await readSetting(read, keyOf(kind));
  if (kept === null) return forEveryone;
  const choice = readChoice(kept);
  const there = await nameable(read, [...choice.people]);
  return { ...choice, people: there.map(({ id }) => id) };
}

export async function changeDefault(tx: Tx, kind: ChoiceKind, choice: Choice): Promise<void> {
  await writeSetting(tx, keyOf(kind), written(choice));
}
