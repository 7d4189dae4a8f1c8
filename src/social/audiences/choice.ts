import { isOpen, isReach, type Reach } from "../posts/reach.ts";

/** The two audiences that nobody has to make. */
export const FRIENDS = "friends";
export const SUBSCRIBERS = "subscribers";

/**
 * Who a thing is for: whoever its reach says, and besides them people and audiences by id. `without` holds people and
 * audiences that it is kept from, and wins.
 */
export type Choice = {
  reach: Reach;
  people: readonly string[];
  audiences: readonly string[];
  without: readonly string[];
};

/** What decides of a person whether a choice means them. `in`: ids of audiences they are in, the built-in ones by name. */
export type Member = { personId: string; in: ReadonlySet<string> };

export const forEveryone: Choice = { reach: "everyone", people: [], audiences: [], without: [] };
export const forNobodyElse: Choice = { reach: "me", people: [], audiences: [], without: [] };

/** Whether a choice means this person: left out is no, included is yes, and what is not said is no. */
export function means(
  { reach, people, audiences, without }: Choice,
  { personId, in: within }: Member,
): boolean {
  if (reach === "me") return false;
  if (without.some((id) => id === personId || within.has(id))) return false;
  if (isOpen(reach) || people.includes(personId)) return true;
  if (reach === "subscribers" && within.has(SUBSCRIBERS)) return true;
  return audiences.some((id) => within.has(id));
}

/** Ids as a column holds them. */
export function listed(ids: readonly string[]): string {
  return [...new Set(ids)].sort().join(" ");
}

export function idsIn(column: string): string[] {
  return column === "" ? [] : column.split(" ");
}

/** As one column holds a whole choice. */
export function written({ reach, people, audiences, without }: Choice): string {
  return [reach, listed(people), listed(audiences), listed(without)].join("|");
}

/** What cannot be read is nobody else's. */
export function readChoice(column: string): Choice {
  const [reach = "", people = "", audiences = "", without = ""] = column.split("|");
  if (!isReach(reach)) return forNobodyElse;
  return { reach, people: idsIn(people), audiences: idsIn(audiences), without: idsIn(without) };
}
