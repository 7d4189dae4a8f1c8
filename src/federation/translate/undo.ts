import { Activity, Announce, EmojiReact, Follow, Like, type Undo } from "@fedify/fedify/vocab";
import { embeddedObject, soleObject } from "./object-of.ts";
import { readReaction } from "./reaction.ts";

/** What can be taken back. */
export const undoable = [Follow, Like, EmojiReact, Announce];

/**
 * What somebody takes back, by its id, and by what came along of it: then `kind` says what it was and `of` what it was
 * about. "unknown": only named, or nothing of the sender's.
 */
export type ReadUndo = {
  uri: string;
  kind: "request" | "reaction" | "boost" | "unknown";
  of: string;
  emoji: string;
};

export async function readUndo(activity: Undo, sender: string): Promise<ReadUndo> {
  const uri = soleObject(activity)?.href ?? "";
  const embedded = await embeddedObject(activity);
  const undone = undoable.some((type) => embedded instanceof type) ? embedded : null;
  if (!(undone instanceof Activity) || undone.actorId?.href !== sender)
    return { uri, kind: "unknown", of: "", emoji: "" };
  const of = undone.objectId?.href ?? "";
  if (undone instanceof Follow) return { uri, kind: "request", of, emoji: "" };
  if (undone instanceof Announce) return { uri, kind: "boost", of, emoji: "" };
  return { uri, kind: "reaction", of, emoji: (await readReaction(undone)).emoji };
}
