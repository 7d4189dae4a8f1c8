import type { FriendView } from "../friends/friendship.ts";

export type Standing = "no" | "asked" | "accepted" | "declined";

/** The owner does not want to see their posts. `until`: milliseconds, 0: until it is ended; past: it is over. */
export type MutedView = { until: number; notices: boolean };

/** A person as the owner sees them. `subscribed`: the owner to them; `subscriber`: they to the owner. */
export type PersonView = {
  id: string;
  sortKey: string;
  uri: string;
  handle: string;
  host: string;
  /** "handle@host" */
  address: string;
  name: string;
  aboutHtml: string;
  url: string;
  /** "" as well while the picture is not here: pages name no picture then */
  pictureUrl: string;
  approves: boolean;
  automated: boolean;
  gone: boolean;
  isOwner: boolean;
  /** reads by a secret link and has no address: nothing is sent to them and nothing comes from them */
  guest: boolean;
  blocked: boolean;
  /** as it was set; whether it still holds is a question of the time */
  muted: MutedView | null;
  /** other addresses that they say are theirs */
  aliases: string[];
  /** where they say they moved to, "": nowhere */
  movedToUri: string;
  /** the same, once the new place says that it is theirs */
  moved: PersonView | null;
  subscribed: Standing;
  subscriber: Standing;
  /** their device understands an offer of friendship */
  friendly: boolean;
  /** null: neither is, nor was asked */
  friend: FriendView | null;
};
