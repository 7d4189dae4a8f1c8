import type { Activity, Actor, Object as WireObject } from "@fedify/fedify/vocab";
import type { Identity } from "../../social/identity/identity.ts";
import type { PersonCard } from "../../social/people/person.ts";
import type { Addresses } from "../addresses.ts";
import { localContexts } from "../contexts.ts";
import type { JsonObject } from "../json-guard.ts";
import { offline } from "../translate/offline.ts";

/**
 * An activity whose sender is proven, in the one reading everybody uses.
 * Holds for all of them: exactly one actor, who signed the request, and an id on the actor's host.
 */
export type Incoming<A extends Activity = Activity> = {
  readonly activity: A;
  readonly actor: Actor;
  /** The same actor in the product's words. */
  readonly sender: PersonCard;
  /** As it came, for words that only we know (an invitation), and for what waits at the gate. */
  readonly json: JsonObject;
  readonly me: Identity;
  readonly at: Addresses;
  readonly now: number;
};

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
