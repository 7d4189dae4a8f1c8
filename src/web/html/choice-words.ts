import { type Choice, FRIENDS, SUBSCRIBERS } from "../../social/audiences/choice.ts";
import { isOpen, isReach, type Reach } from "../../social/posts/reach.ts";
import type { Messages } from "../messages/en.ts";
import { isolate } from "./isolated.tsx";

/** By name; the others are counted. */
const NAMED = 3;

/** What an audience or a person is called; undefined: gone, or not known here. `count`: how many it holds. */
export type Named = { name: string; count?: number };
export type NameOf = (id: string) => Named | undefined;

/** Who a choice means, as "Family (5) without Jonas: 4 people". `count` null: they are not counted. */
export function choiceWords(t: Messages, choice: Choice, nameOf: NameOf, count: number | null): string {
  const { reach, people, audiences, without } = choice;
  if (isOpen(reach) || reach === "me") return wideWords(t, reach);
  const wide = reach === "subscribers" ? [SUBSCRIBERS] : [];
  const within = listed(t, [...wide, ...audiences.filter((id) => !wide.includes(id)), ...people], nameOf);
  if (within === "") return t.compose.result.chosen(0);
  const left = listed(t, without, nameOf);
  const who = left === "" ? within : t.choice.without(within, left);
  return count === null ? who : t.choice.counted(who, count);
}

/** Who is left out, by name. */
export function leftOutWords(t: Messages, { without }: Choice, nameOf: NameOf): string {
  return listed(t, without, nameOf);
}

function wideWords(t: Messages, reach: Reach): string {
  const words = t.compose.result[reach];
  return typeof words === "string" ? words : words(0);
}

/** The first few by name, the rest by number; what has no name any more is counted only. */
function listed(t: Messages, ids: readonly string[], nameOf: NameOf): string {
  const named = ids.flatMap((id) => nameOf(id) ?? []);
  const shown = named.length > NAMED ? named.slice(0, NAMED - 1) : named;
  const rest = ids.length - shown.length;
  if (shown.length === 0) return rest === 0 ? "" : t.post.andMore(rest);
  const names = shown.map(({ name, count }) => isolate(name) + (count === undefined ? "" : ` (${count})`));
  return new Intl.ListFormat(t.locale).format(rest > 0 ? [...names, t.choice.others(rest)] : names);
}

/** The two audiences that nobody made have names of ours. */
export function builtIn(t: Messages, id: string, counts: { friends?: number; subscribers?: number } = {}) {
  if (id === FRIENDS) return named(t.choice.inWords.friends, counts.friends);
  return id === SUBSCRIBERS ? named(t.choice.inWords.subscribers, counts.subscribers) : undefined;
}

function named(name: string, count: number | undefined): Named {
  return count === undefined ? { name } : { name, count };
}

const widest: readonly Reach[] = ["everyone", "unlisted", "subscribers", "chosen", "me"];

/** What the button said, as the form carries it: the reach, and how many when it said a number. */
export function saidOf({ reach }: Choice, count: number): string {
  return isOpen(reach) || reach === "me" || count === 0 ? reach : `${reach}:${count}`;
}

/** More people than the button said: without a script its words stay as the page was made. */
export function isWider({ reach }: Choice, count: number, said: string): boolean {
  const [before = "", number = ""] = said.split(":");
  if (!isReach(before)) return false;
  const narrow = !isOpen(reach) && reach !== "me";
  if (narrow && number !== "") return count > Number(number);
  return widest.indexOf(reach) < widest.indexOf(before);
}

/** What the button will do; of the chosen, 0: nobody is ticked yet. */
export function buttonWords(t: Messages, reach: Reach, count: number): string {
  const words = t.compose.button[reach];
  return typeof words === "string" ? words : words(count);
}
