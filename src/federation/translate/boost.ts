import { type Announce, PUBLIC_COLLECTION } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { BoostCard } from "../../social/boosts/receive-boost.ts";
import { sameHost } from "../addresses.ts";
import { soleObject } from "./object-of.ts";
import { reachOf } from "./reach.ts";

/** What somebody passes on; null: not one thing, or not by them. What came along of it counts for nothing. */
export function readBoost(
  activity: Announce,
  by: { uri: string; followersUri: string },
  now: number,
): BoostCard | null {
  const of = soleObject(activity)?.href;
  // Everyone is a name and no post.
  if (of === PUBLIC_COLLECTION.href) return null;
  if (of === undefined || activity.actorId?.href !== by.uri || !sameHost(activity.id, by.uri)) return null;
  return {
    uri: activity.id?.href ?? "",
    personId: idOf(by.uri),
    of,
    reach: reachOf({ to: activity.toIds, cc: activity.ccIds }, by.followersUri || null),
    publishedAt: activity.published?.epochMilliseconds ?? now,
  };
}
