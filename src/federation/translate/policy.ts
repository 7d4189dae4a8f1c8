import {
  InteractionPolicy,
  InteractionRule,
  PUBLIC_COLLECTION,
  type Object as WireObject,
} from "@fedify/fedify/vocab";
import { type Choice, forNobodyElse } from "../../social/audiences/choice.ts";
import { isOpen } from "../../social/posts/reach.ts";
import type { Quotable } from "../../social/quotes/quotable.ts";

const APPROVALS_READ = 100;

/** Whom a copy goes to, and whether they may answer. */
export type Reader = { uri: string; answers: boolean };

type Places = { person: string; followers: string };

/**
 * Who may quote and answer an own post (FEP-044f, GoToSocial's interactionPolicy). A copy says of its reader alone
 * whether they may answer; the copy that anyone reads names nobody. An empty list would say nothing, so it names the author.
 */
export function policyOf(
  rules: { quotable: Quotable; answerable: Choice | null },
  at: Places,
  reader: Reader | null,
): InteractionPolicy {
  const canQuote = quoteRule(rules.quotable, at);
  const { answerable } = rules;
  if (answerable === null) return new InteractionPolicy({ canQuote });
  return new InteractionPolicy({ canQuote, canReply: answerRule(answerable, at, reader) });
}

function quoteRule(quotable: Quotable, at: Places): InteractionRule {
  switch (quotable) {
    case "everyone":
      return new InteractionRule({ automaticApproval: PUBLIC_COLLECTION });
    case "subscribers":
      return new InteractionRule({
        automaticApproval: new URL(at.followers),
        manualApproval: PUBLIC_COLLECTION,
      });
    case "nobody":
      return new InteractionRule({ automaticApproval: new URL(at.person) });
  }
}

function answerRule({ reach, without }: Choice, at: Places, reader: Reader | null): InteractionRule {
  const everybody = without.length === 0;
  if (isOpen(reach) && everybody) return new InteractionRule({ automaticApproval: PUBLIC_COLLECTION });
  if (reader !== null)
    return new InteractionRule({ automaticApproval: new URL(reader.answers ? reader.uri : at.person) });
  const wide = reach === "subscribers" && everybody;
  return new InteractionRule({ automaticApproval: new URL(wide ? at.followers : at.person) });
}

/** Who may quote somebody's post; "": not said. Whoever may only ask may still be asked. */
export function readQuotable(object: WireObject, followersUri: string): Quotable | "" {
  const rule = object.interactionPolicy?.canQuote;
  if (rule === undefined || rule === null) return "";
  const { automaticApprovals: at, manualApprovals: asked } = rule;
  if (names(at, PUBLIC_COLLECTION.href)) return "everyone";
  if (names(at, followersUri) || names(asked, PUBLIC_COLLECTION.href) || names(asked, followersUri)) {
    return "subscribers";
  }
  return "nobody";
}

/** Who may answer somebody's post, as far as the reader is concerned; null: not said. Whoever may ask may answer: they are asked then. */
export function readAnswerable(
  object: WireObject,
  followersUri: string,
): { reach: "everyone" | "subscribers" | "chosen"; people: string[] } | null {
  const rule = object.interactionPolicy?.canReply;
  if (rule === undefined || rule === null) return null;
  const approved = [...rule.automaticApprovals, ...rule.manualApprovals].slice(0, APPROVALS_READ);
  if (names(approved, PUBLIC_COLLECTION.href)) return { reach: "everyone", people: [] };
  const people = approved.map(({ href }) => href).filter((href) => href !== followersUri);
  return { reach: names(approved, followersUri) ? "subscribers" : "chosen", people };
}

/** The same in the product's words, for the owner: the only one of those it names who matters here. */
export function answerableFor(
  read: ReturnType<typeof readAnswerable>,
  me: { ownerUri: string; ownerId: string },
): Choice | null {
  if (read === null) return null;
  const people = read.people.includes(me.ownerUri) ? [me.ownerId] : [];
  if (read.reach === "chosen" && people.length === 0) return forNobodyElse;
  return { reach: read.reach, people, audiences: [], without: [] };
}

function names(list: readonly URL[], uri: string): boolean {
  return uri !== "" && list.some(({ href }) => href === uri);
}
