import {
  Activity,
  Announce,
  EmojiReact,
  Follow,
  Like,
  Offer,
  Relationship,
  type Undo,
} from "@fedify/fedify/vocab";
import type { Addresses } from "../addresses.ts";
import { embeddedObject, soleObject } from "./object-of.ts";
import { readReaction } from "./reaction.ts";
import { isFriendship } from "./relationship.ts";

/** What can be taken back. */
export const undoable = [Follow, Like, EmojiReact, Announce, Offer, Relationship];

/**
 * What somebody takes back, by its id, and by what came along of it: then `kind` says what it was and `of` what it was
 * about. friendship: that with the owner. "unknown": only named, or nothing of the sender's.
 */
export type ReadUndo = {
  uri: string;
  kind: "request" | "reaction" | "boost" | "offer" | "friendship" | "unknown";
  of: string;
  emoji: string;
};

export async function readUndo(activity: Undo, sender: string, at: Addresses): Promise<ReadUndo> {
  const uri = soleObject(activity)?.href ?? "";
  const embedded = await embeddedObject(activity);
  if (isFriendship(embedded, sender, at)) return { uri, kind: "friendship", of: sender, emoji: "" };
  const undone = undoable.some((type) => embedded instanceof type) ? embedded : null;
  if (!(undone instanceof Activity) || undone.actorId?.href !== sender)
    return { uri, kind: "unknown", of: "", emoji: "" };
  const of = undone.objectId?.href ?? "";
  if (undone instanceof Follow) return { uri, kind: "request", of, emoji: "" };
  if (undone instanceof Offer) return { uri, kind: "offer", of, emoji: "" };
  if (undone instanceof Announce) return { uri, kind: "boost", of, emoji: "" };
  return { uri, kind: "reaction", of, emoji: (await readReaction(undone)).emoji };
}
