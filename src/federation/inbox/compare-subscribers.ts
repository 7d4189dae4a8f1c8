import { idOf } from "../../lib/ids.ts";
import type { PersonCard } from "../../social/people/person.ts";
import { planListingCheck } from "../outbox/plan-fetches.ts";
import type { Parts } from "../parts.ts";
import { contactOf, subscribesTo } from "../queries.ts";
import { digestOf, readSynchronization, SYNCHRONIZATION } from "../translate/synchronization.ts";
import { signatureCovers } from "../verify-signer.ts";

/**
 * What somebody says beside an activity about who of this host subscribes to them, which can be the owner only (FEP-8fcf).
 * Where it is not what is known here, a job asks them for the list. Nothing is believed but what the signature covers,
 * about the collection that their profile names, listed on their own host.
 */
export async function compareSubscribers(
  { store, identity: me, now }: Parts,
  request: Request,
  sender: PersonCard,
): Promise<void> {
  const said = readSynchronization(request.headers.get(SYNCHRONIZATION));
  if (said === null || !signatureCovers(request, SYNCHRONIZATION)) return;
  const personId = idOf(sender.uri);
  const person = await contactOf(store.read, personId);
  if (person === null || person.followersUri !== said.collectionId) return;
  const { origin, username, href: url } = new URL(said.url);
  if (origin !== new URL(sender.uri).origin || username !== "") return;
  const isSubscribed = await subscribesTo(store.read, me.ownerId, sender.uri);
  if (said.digest === digestOf(isSubscribed ? [me.ownerUri] : [])) return;
  await store.transact((tx) => planListingCheck(tx, { personId, url }, person.host, now()));
}
