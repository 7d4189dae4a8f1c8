import type { Clock } from "../../lib/clock.ts";
import type { Viewer } from "../../social/access.ts";
import { SUBSCRIBERS } from "../../social/audiences/choice.ts";
import type { Identity } from "../../social/identity/identity.ts";
import type { Store } from "../../store/store.ts";
import type { Addresses } from "../addresses.ts";
import { type BoundedMap, createBoundedMap } from "../bounded-map.ts";
import { contactOf, subscribersAt } from "../queries.ts";
import { remembered } from "../remembered.ts";
import { digestOf, SYNCHRONIZATION, synchronizationHeader } from "../translate/synchronization.ts";

/** Others end subscriptions that a list leaves out: where more than these subscribe, nothing is said at all. */
const MOST = 5_000;
/** Hosts whose subscribers are in mind, for a post that goes to many people of one. */
const HOSTS_KEPT = 200;
const KEPT_MS = 60_000;

type Listing = { uris: ReadonlySet<string>; digest: string };

/** Who of one host subscribes to the owner; null: too many to be listed. */
export type Subscribers = (host: string) => Promise<Listing | null>;

export function createSubscribers(o: { store: Store; identity: Identity; now: Clock }): Subscribers {
  const memory = remembered(
    o.store,
    ["Subscription", "Blocked"],
    async (): Promise<BoundedMap<Listing | null>> =>
      createBoundedMap({ entries: HOSTS_KEPT, lifeMs: KEPT_MS, now: o.now }),
  );
  return async (host) => {
    const kept = await memory();
    const known = kept.get(host);
    if (known !== undefined) return known;
    const uris = await subscribersAt(o.store.read, o.identity.ownerId, host, MOST + 1);
    const listing = uris.length > MOST ? null : { uris: new Set(uris), digest: digestOf(uris) };
    kept.set(host, listing);
    return listing;
  };
}

/** Said to a subscriber beside a post for subscribers (FEP-8fcf); to nobody else. */
export async function synchronizationFor(
  { subscribers, at }: { subscribers: Subscribers; at: Addresses },
  person: { uri: string; host: string },
): Promise<Record<string, string>> {
  const listing = await subscribers(person.host);
  if (listing?.uris.has(person.uri) !== true) return {};
  const said = { collectionId: at.followers, url: at.subscribersOfHost, digest: listing.digest };
  return { [SYNCHRONIZATION]: synchronizationHeader(said) };
}

/** For a subscriber: who else of the same host is one. null: for anybody else. */
export async function subscribersFor(
  { store, at, subscribers }: { store: Store; at: Addresses; subscribers: Subscribers },
  viewer: Viewer,
): Promise<object | null> {
  if (viewer.kind !== "person" || !viewer.in.has(SUBSCRIBERS)) return null;
  const person = await contactOf(store.read, viewer.personId);
  const listing = person === null ? null : await subscribers(person.host);
  if (person === null || listing?.uris.has(person.uri) !== true) return null;
  return {
    "@context": "https://www.w3.org/ns/activitystreams",
    id: at.subscribersOfHost,
    type: "OrderedCollection",
    partOf: at.followers,
    orderedItems: [...listing.uris],
  };
}
