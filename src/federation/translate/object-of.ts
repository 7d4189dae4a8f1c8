import type { Activity, Object as WireObject } from "@fedify/fedify/vocab";
import { localContexts } from "../contexts.ts";
import { offline } from "./offline.ts";

/** What an activity is about, where it came along; null when only named, or when it belongs to another host. */
export async function embeddedObject(activity: Activity): Promise<WireObject | null> {
  try {
    return await activity.getObject({
      contextLoader: localContexts,
      documentLoader: offline,
      crossOrigin: "ignore",
      suppressError: true,
    });
  } catch {
    return null;
  }
}

/** The one thing an activity is about; null when there are several or none. */
export function soleObject(activity: Activity): URL | null {
  return activity.objectIds.length === 1 ? activity.objectId : null;
}
