export type Standing = "no" | "asked" | "accepted" | "declined";

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
  pictureUrl: string;
  approves: boolean;
  automated: boolean;
  gone: boolean;
  isOwner: boolean;
  blocked: boolean;
  subscribed: Standing;
  subscriber: Standing;
};
