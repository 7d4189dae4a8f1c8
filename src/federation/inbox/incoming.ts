import type { Activity, Actor } from "@fedify/fedify/vocab";
import type { Identity } from "../../social/identity/identity.ts";
import type { PersonCard } from "../../social/people/person.ts";
import type { Addresses } from "../addresses.ts";
import type { JsonObject } from "../json-guard.ts";

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
