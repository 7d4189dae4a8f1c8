/** Who sees a post. unlisted: everyone, but on no public page. chosen: the people it names. */
export type Reach = "everyone" | "unlisted" | "subscribers" | "chosen" | "me";

const all: readonly Reach[] = ["everyone", "unlisted", "subscribers", "chosen", "me"];

export function isReach(text: string): text is Reach {
  return all.some((reach) => reach === text);
}

/** What cannot be told is nobody else's. */
export function reachOf(text: string): Reach {
  return isReach(text) ? text : "me";
}

/** Whoever has its address sees it, without being known. */
export function isOpen(reach: Reach): boolean {
  return reach === "everyone" || reach === "unlisted";
}

/**
 * A reply is never seen by more people than what it answers. `own`: the owner's own post, whose subscribers are the
 * owner's; who subscribes to others is not known here, so an answer to their narrow posts goes to people by name.
 */
export function narrowed(wanted: Reach, answered: { reach: Reach; own: boolean }): Reach {
  if (wanted === "me" || answered.reach === "me") return "me";
  switch (answered.reach) {
    case "everyone":
      return wanted;
    case "unlisted":
      return wanted === "everyone" ? "unlisted" : wanted;
    case "subscribers":
      return answered.own && wanted !== "chosen" ? "subscribers" : "chosen";
    case "chosen":
      return "chosen";
  }
}
