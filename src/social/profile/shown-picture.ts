import type { ReadClient } from "../../store/tx.ts";
import { may, type Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { seenParts } from "./parts.ts";
import { profile } from "./profile.ts";

/** Whether this file is the owner's picture or banner now, and for this viewer. */
export async function isShownPicture(
  read: ReadClient,
  me: Identity,
  mediaId: string,
  viewer: Viewer,
): Promise<boolean> {
  const { pictureId, bannerId } = await profile(read, me);
  if (mediaId === "" || (mediaId !== pictureId && mediaId !== bannerId)) return false;
  const seen = (await seenParts(read))[mediaId === pictureId ? "picture" : "banner"];
  return may(viewer, "see", { ...seen, authorId: me.ownerId });
}
