/** Who is in a recorded activity. The names of the servers that it was recorded on are replaced by the test's own. */
export type Cast = {
  /** Actor id of the sender, and where their server is. */
  readonly me: string;
  readonly origin: string;
  /** Actor id of the owner, a post of theirs, and their Follow of the sender. */
  readonly owner: string;
  readonly ownerPost: string;
  readonly ownerFollow: string;
  /** The owner's question to the sender whether they are friends. */
  readonly ownerOffer: string;
  /** A poll of the owner's: "Rye", "Wheat" or "Oat". */
  readonly ownerPoll: string;
  /** A post by the sender that the owner has already. */
  readonly known: string;
  /** Another, and the owner's post that quotes it. */
  readonly quoted: string;
  readonly ownerQuoting: string;
  /** Somebody else, on another server, and a post of theirs. */
  readonly other: string;
  readonly otherPost: string;
  /** Never the same twice. */
  readonly next: () => string;
};

export type Activity = Record<string, unknown> & { type: string };
export type Recording = { software: string; activities: (cast: Cast) => Activity[] };

export const AS = "https://www.w3.org/ns/activitystreams";
export const PUBLIC = `${AS}#Public`;
export const SECURITY = "https://w3id.org/security/v1";
