import { type Choice, FRIENDS, forNobodyElse, SUBSCRIBERS, written } from "../../social/audiences/choice.ts";
import type { Messages } from "../messages/en.ts";
import { type Around, ChoiceFields, type ChoiceSought, nothingSought } from "./choice-fields.tsx";
import { Icon } from "./icon.tsx";

export type Answers = "seen" | "friends" | "subscribers" | "chosen" | "nobody";

export const allAnswers: readonly Answers[] = ["seen", "friends", "subscribers", "chosen", "nobody"];

/** Who may answer, as it stands in the form; what is chosen one by one is kept whatever the wide choice is. */
export type TypedAnswers = { who: Answers; chosen: ChoiceSought };

const nobodyYet: Choice = { reach: "chosen", people: [], audiences: [], without: [] };
const ofFriends: Choice = { ...nobodyYet, audiences: [FRIENDS] };
const ofSubscribers: Choice = { ...nobodyYet, reach: "subscribers" };

/** null: whoever sees it. */
export function answerableIn({ who, chosen }: TypedAnswers): Choice | null {
  switch (who) {
    case "seen":
      return null;
    case "friends":
      return ofFriends;
    case "subscribers":
      return ofSubscribers;
    case "chosen":
      return chosen.choice;
    case "nobody":
      return forNobodyElse;
  }
}

/** The other way round, for a form about what is said already. */
export function answersOf(choice: Choice | null): TypedAnswers {
  const blank = { choice: nobodyYet, add: nothingSought, no: nothingSought };
  if (choice === null) return { who: "seen", chosen: blank };
  const column = written(choice);
  const plain = allAnswers.find((who) => {
    const one = who === "chosen" ? null : answerableIn({ who, chosen: blank });
    return one !== null && written(one) === column;
  });
  if (plain !== undefined) return { who: plain, chosen: blank };
  if (choice.audiences.includes(SUBSCRIBERS) || choice.reach === "chosen" || choice.reach === "subscribers") {
    return { who: "chosen", chosen: { ...blank, choice } };
  }
  return { who: "nobody", chosen: blank };
}

export const ANSWER = "answer-";

type Props = { t: Messages; typed: TypedAnswers; around: Around; known?: string };

/** Who may answer a post, folded away: most never need it. */
export function AnswersField(props: Props) {
  const { t, typed } = props;
  return (
    <details class="fold" open={typed.who !== "seen"}>
      <summary>
        <Icon name="reply" turn />
        {t.answers.who}
      </summary>
      <AnswersChoice {...props} known="known" />
    </details>
  );
}

export function AnswersChoice({ t, typed, around, known }: Props) {
  const a = t.answers;
  return (
    <div class="answers stack tight">
      <fieldset>
        <legend class="vh">{a.who}</legend>
        <div class="pick">
          {allAnswers.map((who) => (
            <label>
              <input type="radio" name="answers" value={who} checked={who === typed.who} />
              <span>{a[who]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <ChoiceFields {...{ t, around, known }} picked={typed.chosen} prefix={ANSWER} legend={a.people} />
      <p class="hint">{a.hint}</p>
    </div>
  );
}
