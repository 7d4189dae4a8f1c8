import type { ReadClient } from "../../store/tx.ts";
import type { Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { blockedHostRows } from "../people/queries.ts";
import { type PostWhere, shownAnswers } from "../posts/visible.ts";

const MOST_HOSTS = 1_000;

/**
 * Which posts of a thread stand in the lists that others read: what the viewer may be shown, by the owner or by people
 * whom the owner has to do with (see gate/queries.ts). Nobody gets into them by answering alone.
 */
export async function othersListed(
  read: ReadClient,
  viewer: Viewer,
  { ownerId }: Pick<Identity, "ownerId">,
): Promise<PostWhere> {
  const hosts = await blockedHostRows(read, MOST_HOSTS);
  const tied = {
    gone: false,
    knocks: { none: {} },
    ...(hosts.length === 0 ? {} : { host: { notIn: hosts } }),
    OR: [
      { subscribers: { some: { subscriberId: ownerId } } },
      { subscribedTo: { some: { personId: ownerId, state: "accepted" } } },
      { welcomed: { some: {} } },
      { addressed: { some: { post: { own: true } } } },
    ],
  };
  return { AND: [shownAnswers(viewer, { ownerId }), { OR: [{ authorId: ownerId }, { author: tied }] }] };
}
