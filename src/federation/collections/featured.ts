import { noteFor } from "../outbox/activities.ts";
import { ownPinned } from "../own-posts/queries.ts";
import type { Parts } from "../parts.ts";

/** The posts that stand first on the owner's page, as far as anybody may see them. */
export async function featured({ store, identity, at, circleOf }: Parts) {
  const pinned = await ownPinned(store.read, identity);
  return { items: pinned.map((sent) => noteFor({ at, circleOf }, sent, null).note) };
}
