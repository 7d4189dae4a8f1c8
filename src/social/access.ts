/** Who asks. Somebody blocked is not let in at all and never becomes a viewer; `blocked` is for the owner's own lists. */
export type Viewer =
  | { kind: "owner" }
  | { kind: "person"; personId: string; subscriber: boolean; blocked?: boolean }
  | { kind: "stranger" };

export type Verb = "see" | "reply";

/** What is asked for: who may see it, whose it is, and who is named. */
export type Thing = { reach: string; authorId: string; addressees: readonly string[] };

/**
 * The only place that says who may do what: for pages, for the network, for apps. No beats yes beats unsaid.
 * Replying is open to whoever may see.
 */
export function may(viewer: Viewer, verb: Verb, thing: Thing): boolean {
  if (viewer.kind === "owner") return true;
  if (verb === "reply" && viewer.kind === "stranger") return false;
  if (viewer.kind === "person" && viewer.blocked === true) return false;
  if (thing.reach === "everyone" || thing.reach === "unlisted") return true;
  if (viewer.kind === "stranger" || thing.reach === "me") return false;
  if (thing.addressees.includes(viewer.personId)) return true;
  return thing.reach === "subscribers" && viewer.subscriber;
}
