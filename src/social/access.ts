import { isOpen, type Reach } from "./posts/reach.ts";
import type { Quotable } from "./quotes/quotable.ts";

/** Who asks. `subscriber`: the owner let them subscribe. A blocked person is no viewer of anything. */
export type Viewer =
  | { kind: "owner" }
  | { kind: "person"; personId: string; subscriber: boolean; blocked?: boolean }
  | { kind: "stranger" };

/**
 * react: like, or answer with an emoji. share: pass on to others. quote: without asking first. vote: in a poll.
 */
export type Verb = "see" | "reply" | "react" | "share" | "vote" | "quote" | "ask-to-quote";

/** What is asked for: who may see it, whose it is, and who is named. */
export type Thing = { reach: Reach; authorId: string; addressees: readonly string[]; quotable?: Quotable };

/**
 * The only place that says who may do what: for pages, for the network, for apps.
 * Whoever may see may reply and react, except strangers: an answer needs somebody who gives it. Only what is open to
 * everyone may be shared, also by the owner.
 */
export function may(viewer: Viewer, verb: Verb, thing: Thing): boolean {
  if (verb === "share" && !isOpen(thing.reach)) return false;
  switch (viewer.kind) {
    case "owner":
      return true;
    case "stranger":
      return verb === "see" && isOpen(thing.reach);
    case "person":
      if (viewer.blocked === true) return false;
      if (verb === "quote" || verb === "ask-to-quote") return mayQuote(viewer.subscriber, verb, thing);
      if (viewer.personId === thing.authorId || isOpen(thing.reach)) return true;
      if (thing.reach === "me") return false;
      if (thing.addressees.includes(viewer.personId)) return true;
      return thing.reach === "subscribers" && viewer.subscriber;
  }
}

/** What is for everyone, as far as its author wants it quoted. */
function mayQuote(subscriber: boolean, verb: "quote" | "ask-to-quote", thing: Thing): boolean {
  const quotable = thing.quotable ?? "nobody";
  if (!isOpen(thing.reach) || quotable === "nobody") return false;
  return verb === "ask-to-quote" || quotable === "everyone" || subscriber;
}
