import type { ReadClient } from "../store/tx.ts";
import type { PersonViewer, Viewer } from "./access.ts";
import { FRIENDS, SUBSCRIBERS } from "./audiences/choice.ts";
import { tiesAmong } from "./audiences/queries.ts";
import { guestsAmong } from "./guests/queries.ts";
import { blockedAmongIds } from "./people/among-queries.ts";

export const theOwner: Viewer = { kind: "owner" };
export const aStranger: Viewer = { kind: "stranger" };

/** A person as one who looks at what is the owner's. */
export async function viewerOf(read: ReadClient, ownerId: string, personId: string): Promise<Viewer> {
  if (personId === ownerId) return theOwner;
  const [viewer] = await viewersOf(read, ownerId, [personId]);
  return viewer ?? aStranger;
}

/** The same for many at once, in their order; the owner is not among them. */
export async function viewersOf(
  read: ReadClient,
  ownerId: string,
  personIds: readonly string[],
): Promise<PersonViewer[]> {
  const ids = [...new Set(personIds)].filter((id) => id !== ownerId);
  const ties = await tiesAmong(read, ownerId, ids);
  const blocked = await blockedAmongIds(read, ids);
  const guests = await guestsAmong(read, ids);
  return ids.map((personId) => {
    const within = new Set(ties.audiences.get(personId));
    if (ties.subscribers.has(personId)) within.add(SUBSCRIBERS);
    const role = ties.roles.get(personId);
    if (role !== undefined) within.add(FRIENDS);
    const guest = guests.get(personId);
    // A guest whose link was ended is let in nowhere, and looks at nothing.
    const shut = blocked.has(personId) || guest?.ended === true;
    const viewer = { kind: "person" as const, personId, in: within, blocked: shut };
    const named = guest === undefined ? viewer : { ...viewer, guest: true };
    return role === undefined ? named : { ...named, role };
  });
}
