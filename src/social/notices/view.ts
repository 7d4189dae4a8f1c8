import type { PersonView } from "../people/view.ts";
import type { PostView } from "../posts/view.ts";

/** request: asks to subscribe. subscribed: did. accepted: let the owner in. mention, reply: about a post. */
export type NoticeKind = "request" | "subscribed" | "accepted" | "mention" | "reply";

export type NoticeView = {
  id: string;
  sortKey: string;
  kind: NoticeKind;
  person: PersonView;
  post: PostView | null;
  at: number;
  isNew: boolean;
};
