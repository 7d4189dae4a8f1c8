import { type Choice, FRIENDS, forNobodyElse, SUBSCRIBERS } from "../../../social/audiences/choice.ts";
import { MOST_CHOSEN } from "../../../social/posts/limits.ts";
import { isOpen, isReach, type Reach } from "../../../social/posts/reach.ts";
import { ANSWER, allAnswers, type TypedAnswers } from "../../html/answers-field.tsx";
import { nothingSought } from "../../html/choice-fields.tsx";
import type { Fields } from "../fields.ts";

const ID = /^[0-9a-f]{32}$/;
/** One more than fits, so that such a choice is refused; of those left out none is ever forgotten. */
const MOST_READ = MOST_CHOSEN + 1;

/** Who a form says something is for; null: it does not say. What is no id of ours is left out. */
export function readChoice(fields: Fields, prefix = ""): Choice | null {
  const reach = fields.text(`${prefix}reach`);
  return isReach(reach) ? choiceOf(fields, prefix, reach) : null;
}

/** The same where only people and audiences are asked for. */
export function readChosen(fields: Fields, prefix = ""): Choice {
  return choiceOf(fields, prefix, "chosen");
}

function choiceOf(fields: Fields, prefix: string, reach: Reach): Choice {
  const ids = (name: string) => [...new Set(fields.all(`${prefix}${name}`))];
  const within = ids("in").filter((id) => isAudienceId(id));
  const wide = reach === "chosen" && within.includes(SUBSCRIBERS) ? "subscribers" : reach;
  return {
    reach: wide,
    people: ids("to")
      .filter((id) => ID.test(id))
      .slice(0, MOST_READ),
    audiences: within.filter((id) => id !== SUBSCRIBERS),
    without: ids("out").filter((id) => isAudienceId(id)),
  };
}

function isAudienceId(id: string): boolean {
  return ID.test(id) || id === FRIENDS || id === SUBSCRIBERS;
}

/** What is done of it: whatever is ticked under a choice for everyone, or for the owner alone, means nothing. */
export function asMeant(choice: Choice): Choice {
  if (choice.reach === "me") return forNobodyElse;
  return isOpen(choice.reach) ? { ...choice, people: [], audiences: [] } : choice;
}

export function readAnswers(fields: Fields): TypedAnswers {
  const said = fields.text("answers");
  const choice = readChosen(fields, ANSWER);
  return {
    who: allAnswers.find((one) => one === said) ?? "seen",
    chosen: { choice, add: nothingSought, no: nothingSought },
  };
}
