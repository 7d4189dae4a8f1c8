/** Who sees a post. unlisted: everyone, but on no public page. chosen: the people it names. */
export type Reach = "everyone" | "unlisted" | "subscribers" | "chosen" | "me";

const all: readonly Reach[] = ["everyone", "unlisted", "subscribers", "chosen", "me"];

export function isReach(text: string): text is Reach {
  return all.some((reach) => reach === text);
}

/** A reply is never seen by more people than what it answers allows. */
export function narrowed(wanted: Reach, answered: Reach): Reach {
  if (answered === "everyone") return wanted;
  if (answered === "unlisted") return wanted === "everyone" ? "unlisted" : wanted;
  return wanted === "me" ? "me" : "chosen";
}
