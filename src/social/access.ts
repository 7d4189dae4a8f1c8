import { type Choice, FRIENDS, type Member, means, SUBSCRIBERS } from "./audiences/choice.ts";
import type { Role } from "./friends/friendship.ts";
import { isOpen } from "./posts/reach.ts";
import type { Quotable } from "./quotes/quotable.ts";

/** A person as one who looks. guest: came by a secret link, and has no device of their own. A blocked person is no viewer of anything. */
export type PersonViewer = Member & { kind: "person"; role?: Role; guest?: boolean; blocked?: boolean };

export type Viewer = { kind: "owner" } | PersonViewer | { kind: "stranger" };

/**
 * react: like, or answer with an emoji. share: pass on to others. quote: without asking first. vote: in a poll.
 * message: write to the owner alone; the thing is then the owner's choice of who may.
 */
export type Verb = "see" | "reply" | "react" | "share" | "vote" | "quote" | "ask-to-quote" | "message";

/** What is asked for: who it is for, and whose it is. `answerable`: who may answer; null: whoever sees it. */
export type Thing = Choice & { authorId: string; quotable?: Quotable; answerable?: Choice | null };

/** What a role takes away; it never gives what ties do not. */
const taken: Record<Role, readonly Verb[]> = {
  close: [],
  friend: [],
  acquaintance: ["share", "quote"],
  reader: ["reply", "react", "share", "vote", "quote", "ask-to-quote", "message"],
};

/**
 * The only place that says who may do what: for pages, for the network, for apps. No wins over yes, and what is not said
 * is no. Whoever may see may reply and react, unless the thing or a role says otherwise, and except strangers and guests: an answer needs
 * somebody who gives it. Only what is open to everyone may be shared, also by the owner.
 */
export function may(viewer: Viewer, verb: Verb, thing: Thing): boolean {
  if (verb === "share" && !isOpen(thing.reach)) return false;
  switch (viewer.kind) {
    case "owner":
      return true;
    case "stranger":
      return verb === "see" && isOpen(thing.reach);
    case "person":
      return isBarred(viewer, verb) ? false : maySomebody(viewer, verb, thing);
  }
}

function isBarred(viewer: PersonViewer, verb: Verb): boolean {
  if (viewer.blocked === true) return true;
  if (viewer.guest === true && verb !== "see") return true;
  return viewer.role !== undefined && taken[viewer.role].includes(verb);
}

function maySomebody(viewer: PersonViewer, verb: Verb, thing: Thing): boolean {
  if (!means(thing, viewer) && viewer.personId !== thing.authorId) return false;
  if (verb === "quote" || verb === "ask-to-quote") return mayQuote(viewer, verb, thing);
  if (verb !== "reply") return true;
  return (thing.answerable ?? null) === null || (thing.answerable != null && means(thing.answerable, viewer));
}

/** What is for everyone, as far as its author wants it quoted. */
function mayQuote(viewer: PersonViewer, verb: "quote" | "ask-to-quote", thing: Thing): boolean {
  const quotable = thing.quotable ?? "nobody";
  if (!isOpen(thing.reach) || quotable === "nobody") return false;
  if (verb === "ask-to-quote" || quotable === "everyone") return true;
  return viewer.in.has(SUBSCRIBERS) || viewer.in.has(FRIENDS);
}
