import type { Move } from "@fedify/fedify/vocab";
import { hostOf } from "../addresses.ts";

const LENGTH_MAX = 2_000;

/** Where its sender moves to; null when it moves somebody else, or not to one address. */
export function readMove(activity: Move, sender: string): string | null {
  const [object, ...objects] = activity.objectIds;
  const [target, ...targets] = activity.targetIds;
  if (object?.href !== sender || objects.length > 0 || target === undefined || targets.length > 0)
    return null;
  if (target.href === sender || target.href.length > LENGTH_MAX || target.username !== "") return null;
  return hostOf(target) === null ? null : target.href;
}
