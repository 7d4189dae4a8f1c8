import { NodeError } from "../../lib/errors.ts";
import { cleanLine } from "../html.ts";

const HOUR = 60 * 60_000;
export const SHORTEST_POLL = HOUR;
export const LONGEST_POLL = 30 * 24 * HOUR;
export const FEWEST_OPTIONS = 2;
/** Of own polls. */
export const MOST_OPTIONS = 6;
/** Of polls by others. */
export const MOST_FOREIGN_OPTIONS = 20;
export const LONGEST_OPTION = 100;
/** Votes that one own poll takes. */
export const MOST_VOTES = 20_000;

/** What the owner asks. `endsIn`: milliseconds from now. */
export type PollDraft = { options: readonly string[]; multiple: boolean; endsIn: number };

/** A poll as its author tells it. Times in milliseconds; 0: no end, not closed. */
export type PollCard = {
  multiple: boolean;
  endsAt: number;
  closedAt: number;
  voters: number;
  options: { title: string; votes: number }[];
};

/** `chosen`: places that the owner voted for; empty: did not vote, or somebody else looks. */
export type PollView = PollCard & { chosen: number[] };

export function isOver(poll: Pick<PollCard, "endsAt" | "closedAt">, now: number): boolean {
  return poll.closedAt > 0 || (poll.endsAt > 0 && poll.endsAt <= now);
}

/** Options as they may stand in a page. Throws "poll-not-right": too few, too many, the same twice, too long, odd end. */
export function checkedPoll(draft: PollDraft): PollDraft {
  const typed = draft.options.map((option) => option.trim()).filter((option) => option !== "");
  const options = typed.map((option) => cleanLine(option, LONGEST_OPTION));
  const right =
    options.length >= FEWEST_OPTIONS &&
    options.length <= MOST_OPTIONS &&
    new Set(options).size === options.length &&
    typed.every((option) => [...option].length <= LONGEST_OPTION) &&
    !options.includes("") &&
    draft.endsIn >= SHORTEST_POLL &&
    draft.endsIn <= LONGEST_POLL;
  if (!right) throw new NodeError("poll-not-right", "options or end out of bounds");
  return { ...draft, options };
}
