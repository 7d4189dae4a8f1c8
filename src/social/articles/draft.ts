import type { ReadClient, Tx } from "../../store/tx.ts";
import { type Choice, readChoice, written } from "../audiences/choice.ts";
import { isReach } from "../posts/reach.ts";
import { isQuotable, type Quotable } from "../quotes/quotable.ts";
import { dropSetting, readSetting, writeSetting } from "../settings/queries.ts";
import { LONGEST_ARTICLE } from "./limits.ts";

/** What stood in the form of a long post when it was last saved. `id`: see Draft.id of posts. */
export type ArticleDraft = {
  id: string;
  title: string;
  text: string;
  warning: string;
  language: string;
  choice: Choice;
  /** who may answer; null: whoever sees it */
  answerable: Choice | null;
  quotable: Quotable;
  savedAt: number;
};

/** "": a new one; else the id of the post that is being changed. One draft of each is kept. */
const keyOf = (postId: string) => (postId === "" ? "draft.article" : `draft.article.${postId}`);

/** Also what is too long to be published: a draft is never refused, only cut where no form of ours goes. */
export async function saveDraft(tx: Tx, postId: string, draft: ArticleDraft): Promise<void> {
  const { id, title, text, warning, language, choice, answerable, quotable, savedAt } = draft;
  const seen = { seen: written(choice), answerable: answerable === null ? "" : written(answerable) };
  const kept = { id, title: title.slice(0, 1_000), text: text.slice(0, LONGEST_ARTICLE * 4), language };
  await writeSetting(
    tx,
    keyOf(postId),
    JSON.stringify({ ...kept, warning: warning.slice(0, 1_000), ...seen, quotable, savedAt }),
  );
}

export async function readDraft(read: ReadClient, postId: string): Promise<ArticleDraft | null> {
  const value = await readSetting(read, keyOf(postId));
  return value === null ? null : draftIn(value);
}

export async function dropDraft(tx: Tx, postId: string): Promise<void> {
  await dropSetting(tx, keyOf(postId));
}

/** null: of a version that wrote it differently. */
function draftIn(value: string): ArticleDraft | null {
  const kept: unknown = JSON.parse(value);
  if (typeof kept !== "object" || kept === null) return null;
  const facts = new Map<string, unknown>(Object.entries(kept));
  const text = (name: string) => String(facts.get(name) ?? "");
  const answerable = text("answerable");
  const quotable = text("quotable");
  return {
    id: text("id"),
    title: text("title"),
    text: text("text"),
    warning: text("warning"),
    language: text("language"),
    choice: facts.has("seen") ? readChoice(text("seen")) : choiceBefore(facts),
    answerable: answerable === "" ? null : readChoice(answerable),
    quotable: isQuotable(quotable) ? quotable : "everyone",
    savedAt: Number(facts.get("savedAt") ?? 0),
  };
}

/** As drafts said it before there were audiences. */
function choiceBefore(facts: Map<string, unknown>): Choice {
  const [reach, to] = [String(facts.get("reach") ?? ""), facts.get("to")];
  const people = Array.isArray(to) ? to.filter((one) => typeof one === "string") : [];
  return { reach: isReach(reach) ? reach : "me", people, audiences: [], without: [] };
}
