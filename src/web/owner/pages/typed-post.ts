import { randomId } from "../../../lib/ids.ts";
import { type ChoiceKind, changeDefault, defaultChoice } from "../../../social/audiences/default-choice.ts";
import { lastLanguage } from "../../../social/posts/last-language.ts";
import { latelyNarrow } from "../../../social/posts/lately-narrow.ts";
import { type Draft, languageOf } from "../../../social/posts/publish.ts";
import { isOpen } from "../../../social/posts/reach.ts";
import { isQuotable } from "../../../social/quotes/quotable.ts";
import { ANSWER, answerableIn, answersOf } from "../../html/answers-field.tsx";
import { type Around, nothingSought } from "../../html/choice-fields.tsx";
import { isWider } from "../../html/choice-words.ts";
import type { Typed } from "../../html/compose.tsx";
import { noPoll } from "../../html/poll-field.tsx";
import type { Visit } from "../kit.ts";
import { pollDraft, typedPoll } from "./polls.tsx";
import { asMeant, readAnswers, readChoice } from "./read-choice.ts";
import { choices, chosenIds, reckoned } from "./recipients.ts";
import { withSought } from "./sought.ts";
import { typedFiles } from "./typed-files.ts";

/** An empty form. Its id is drawn when it is made, so that sending it twice posts once. */
export async function blankPost({ acting, lang }: Visit): Promise<Typed> {
  const choice = await defaultChoice(acting.read, "note");
  return {
    id: randomId(acting.random),
    text: "",
    warning: "",
    choice,
    add: nothingSought,
    no: nothingSought,
    open: false,
    asks: false,
    keep: false,
    answers: answersOf(null),
    quotable: "everyone",
    wrong: null,
    ...(await reckoned(acting, choice, "")),
    language: await lastLanguage(acting.read, lang),
    poll: noPoll,
    files: [],
    fileTrouble: null,
  };
}

/**
 * What the form sent. `sought`: names were typed beside the choice, and who is meant by them is part of it now.
 * `counting`: the text whose mentions are counted; not given: what was typed.
 */
export async function typedPost(
  visit: Visit,
  o: { counting?: string } = {},
): Promise<{ typed: Typed; sought: boolean }> {
  const { fields, acting } = visit;
  const id = fields.text("id");
  const quotable = fields.text("quotable");
  const text = fields.text("text");
  const choice = readChoice(fields) ?? { reach: "me" as const, people: [], audiences: [], without: [] };
  const bare = { choice, add: nothingSought, no: nothingSought };
  const { picked, sought } = await withSought(acting, fields, bare);
  const answers = readAnswers(fields);
  const answering = await withSought(acting, fields, answers.chosen, ANSWER);
  const typed: Typed = {
    id: /^[0-9a-f]{32}$/.test(id) ? id : randomId(acting.random),
    text,
    warning: fields.text("warning"),
    ...picked,
    open: PICKING.has(fields.text("do")) || sought,
    asks: false,
    keep: fields.text("keep") === "yes",
    answers: { who: answers.who, chosen: answering.picked },
    quotable: isQuotable(quotable) ? quotable : "everyone",
    wrong: null,
    ...(await reckoned(acting, picked.choice, o.counting ?? text)),
    language: languageOf(fields.text("language")),
    poll: typedPoll(fields),
    ...(await typedFiles(visit)),
  };
  return { typed, sought: sought || answering.sought };
}

const PICKING = new Set(["count", "add", "no"]);

/** Whoever the forms on a page may have to name. */
export function aroundOf(
  visit: Visit,
  { choice, answers }: Pick<Typed, "choice" | "answers">,
): Promise<Around> {
  return choices(visit.acting, chosenIds(choice, answers.chosen.choice));
}

/** Pressed to post, and not to look first. */
export function isPosting(pressed: string): boolean {
  return pressed === "post" || pressed === ANYWAY;
}

/** What the button says that answers the question below. */
export const ANYWAY = "everyone";

/**
 * Why a post is not sent yet; null: it is. A name was typed that nobody looked at, it goes to more people than the button
 * said, or it is for everyone after ten that were not.
 */
export async function heldBack(
  visit: Visit,
  typed: Pick<Typed, "choice" | "going">,
  sought: boolean,
): Promise<{ wrong: string | null; asks: boolean; open: boolean } | null> {
  const { t, fields, acting } = visit;
  if (sought) return { wrong: t.choice.typed, asks: false, open: true };
  if (isWider(typed.choice, typed.going.length, fields.text("said"))) {
    return { wrong: t.compose.wider, asks: false, open: true };
  }
  const asks = isOpen(typed.choice.reach) && fields.text("do") !== ANYWAY;
  if (!asks || !(await latelyNarrow(acting.read, acting.me.ownerId))) return null;
  return { wrong: null, asks: true, open: false };
}

/** What is published of it. */
export function draftIn(typed: Typed): Draft {
  const { id, text, warning, language, quotable, files } = typed;
  const poll = pollDraft(typed.poll);
  return { id, text, warning, language, quotable, poll, files, ...seenIn(typed) };
}

export function seenIn({
  choice,
  answers,
}: Pick<Typed, "choice" | "answers">): Pick<Draft, "reach" | "to" | "audiences" | "without" | "answerable"> {
  const { reach, people, audiences, without } = asMeant(choice);
  return { reach, to: [...people], audiences, without, answerable: answerableIn(answers) };
}

type Tx = Parameters<typeof changeDefault>[0];

/** "Use this for my next posts too". */
export async function keepChoice(
  tx: Tx,
  kind: ChoiceKind,
  typed: Pick<Typed, "choice" | "keep">,
): Promise<void> {
  if (typed.keep) await changeDefault(tx, kind, asMeant(typed.choice));
}
