import { noteFor } from "../outbox/activities.ts";
import type { Parts } from "../parts.ts";
import { ownPinned } from "../queries.ts";

/** The posts that stand first on the owner's page, as far as anybody may see them. */
export async function featured({ store, identity, at, circleOf }: Parts) {
  const pinned = await ownPinned(store.read, identity);
  return { items: pinned.map((sent) => noteFor({ at, circleOf }, sent, null).note) };
}
