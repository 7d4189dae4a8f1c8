import type { PersonFieldCard } from "../profile/fields.ts";

/** What a person elsewhere says of themselves, read at the edge. Addresses are absolute; "" where there is none. */
export type PersonCard = {
  uri: string;
  handle: string;
  host: string;
  name: string;
  aboutHtml: string;
  url: string;
  inbox: string;
  sharedInbox: string;
  followersUri: string;
  outboxUri: string;
  /** their posts that stand first */
  featuredUri: string;
  pictureUrl: string;
  /** asks before letting somebody subscribe */
  approves: boolean;
  automated: boolean;
  /** their device understands an offer of friendship; left out: not said, and what is known stays */
  friendly?: boolean;
  /** where their OpenPGP key is; "": they name none */
  keyUri?: string;
  /** other addresses they say are theirs, one a line; left out: not said, and what is known stays */
  aliases?: string;
  /** where they say they moved to, "": nowhere; left out: not said */
  movedToUri?: string;
  /** lines of their profile; left out: not said, and what is known stays */
  fields?: PersonFieldCard[];
  /** "strangers": read without saying who asks, so that it may be less than what they show to the owner */
  shownTo?: "strangers";
};
