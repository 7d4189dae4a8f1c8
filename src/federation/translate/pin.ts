import type { Add, Remove } from "@fedify/fedify/vocab";
import { soleObject } from "./object-of.ts";

/** A thing, and the collection it goes to or is taken from; null: one of them is not named. */
export function readPin(activity: Add | Remove): { what: string; target: string } | null {
  const what = soleObject(activity)?.href;
  const target = activity.targetId?.href;
  return what === undefined || target === undefined ? null : { what, target };
}
