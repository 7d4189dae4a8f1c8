import type { PersonView } from "../people/view.ts";
import type { PostView } from "../posts/view.ts";

/**
 * request: asks to subscribe. subscribed: did. accepted: let the owner in. moved: the owner's subscription went with
 * them to another address. forgotten: they knew no more that the owner subscribes, and were asked again. friend-request:
 * asks to be friends. friends: said yes to that, or asked too. introduced: a friend names somebody. report: somebody
 * complains about the owner. The others are about a post; of a reaction the detail is its emoji, quote-request asks to
 * quote it, poll: it is over.
 */
export const noticeKinds = [
  "request",
  "subscribed",
  "accepted",
  "mention",
  "reply",
  "like",
  "reaction",
  "boost",
  "quote",
  "quote-request",
  "poll",
  "moved",
  "forgotten",
  "friend-request",
  "friends",
  "introduced",
  "report",
] as const;

export type NoticeKind = (typeof noticeKinds)[number];

export type NoticeView = {
  id: string;
  sortKey: string;
  kind: NoticeKind;
  person: PersonView;
  post: PostView | null;
  detail: string;
  /** moved: the new address; introduced: who is; else null */
  other: PersonView | null;
  at: number;
  isNew: boolean;
};
