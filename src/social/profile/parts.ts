import type { ReadClient } from "../../store/tx.ts";
import { type Choice, forEveryone, forNobodyElse, readChoice } from "../audiences/choice.ts";
import { settings } from "../settings/settings.ts";
import { forFriends } from "./fields.ts";

/** What of a profile is always there, beside its lines. */
export const PARTS = ["name", "picture", "banner", "about", "friends"] as const;
export type Part = (typeof PARTS)[number];

export function isPart(text: string): text is Part {
  return PARTS.some((part) => part === text);
}

/** Keys that begin so hold a choice: audiences/remove.ts rewrites them. */
export function seenKey(part: Part): string {
  return `seen.${part}`;
}

/** What holds until the owner chooses: what everybody has always seen, and of what is new as little as is of use. */
const unlessChosen: Record<Part, Choice> = {
  name: forEveryone,
  picture: forEveryone,
  about: forEveryone,
  banner: forFriends,
  friends: forNobodyElse,
};

/** Who gets each part. */
export async function seenParts(read: ReadClient): Promise<Record<Part, Choice>> {
  const found = await settings(read, PARTS.map(seenKey));
  const of = (part: Part) => {
    const column = found.get(seenKey(part));
    return column === undefined ? unlessChosen[part] : readChoice(column);
  };
  return {
    name: of("name"),
    picture: of("picture"),
    about: of("about"),
    banner: of("banner"),
    friends: of("friends"),
  };
}
