import type { Page, Paged } from "../../lib/page.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { timeline } from "../posts/timelines.ts";
import type { PostView } from "../posts/view.ts";
import { listedFor } from "../posts/visible.ts";
import { tagKey } from "./tags.ts";

/** Posts with a tag, newest first: for the owner all that are here, for others the owner's, as far as they may see them. */
export function taggedPosts(
  read: ReadClient,
  me: Identity,
  o: { tag: string; viewer: Viewer },
  page: Page,
): Promise<Paged<PostView>> {
  const tagged = { tagged: { some: { tag: tagKey(o.tag) } } };
  const notBlocked = { author: { blocked: { none: {} } } };
  const where =
    o.viewer.kind === "owner"
      ? { ...tagged, ...notBlocked }
      : { ...tagged, ...listedFor(o.viewer), authorId: me.ownerId };
  return timeline(read, me, { where, viewer: o.viewer }, page);
}
