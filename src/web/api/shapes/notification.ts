import type { NoticeView } from "../../../social/notices/view.ts";
import { type Account, accountOf } from "./account.ts";
import { type Site, time } from "./site.ts";
import type { Status } from "./status.ts";

export type NotificationType =
  | "mention"
  | "follow"
  | "follow_request"
  | "favourite"
  | "reblog"
  | "quote"
  | "poll"
  | "pleroma:emoji_reaction";

export type Notification = {
  id: string;
  type: NotificationType;
  created_at: string;
  group_key: string;
  account: Account;
  status?: Status;
  /** of a reaction */
  emoji?: string;
};

/** null: a notice that apps have no word for, such as "they accepted". */
export function typeOf(kind: NoticeView["kind"]): NotificationType | null {
  switch (kind) {
    case "mention":
    case "reply":
      return "mention";
    case "poll":
      return "poll";
    case "subscribed":
      return "follow";
    case "quote":
      return "quote";
    case "request":
      return "follow_request";
    case "like":
      return "favourite";
    case "boost":
      return "reblog";
    case "reaction":
      return "pleroma:emoji_reaction";
    default:
      return null;
  }
}

export function notificationOf(
  notice: NoticeView,
  type: NotificationType,
  status: Status | null,
  site: Site,
): Notification {
  return {
    id: notice.sortKey,
    type,
    created_at: time(notice.at),
    group_key: `ungrouped-${notice.sortKey}`,
    account: accountOf(notice.person, site),
    ...(status === null ? {} : { status }),
    ...(notice.detail === "" ? {} : { emoji: notice.detail }),
  };
}
