import { NodeError } from "../../lib/errors.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { markDropped } from "../media/queries.ts";
import { MOST_EMOJIS, shortcodeOf, shortcodesIn } from "./emoji.ts";
import { countEmojis, deleteEmoji, emojiRow, emojisNamed, emojisOfHost, putEmoji } from "./queries.ts";

export type OwnEmoji = { shortcode: string; mediaId: string };

export async function ownEmojis(read: Pick<ReadClient, "emoji">, me: Identity): Promise<OwnEmoji[]> {
  return emojisOfHost(read, me.onion, MOST_EMOJIS);
}

/** Of these words, the owner's emoji in them. */
export async function ownEmojisIn(
  read: Pick<ReadClient, "emoji">,
  host: string,
  words: string,
): Promise<OwnEmoji[]> {
  return emojisNamed(read, [host], shortcodesIn(words));
}

/** Throws "emoji-not-right": no shortcode, or as many as there may be. The same shortcode again gets the new picture. */
export async function addEmoji(
  tx: Tx,
  me: Identity,
  emoji: { shortcode: string; mediaId: string },
  now: number,
): Promise<void> {
  const shortcode = shortcodeOf(emoji.shortcode);
  const before = await emojiRow(tx, me.onion, shortcode);
  const isNew = before === null;
  if (shortcode === "" || (isNew && (await countEmojis(tx, me.onion)) >= MOST_EMOJIS)) {
    throw new NodeError("emoji-not-right", "no shortcode, or too many");
  }
  await putEmoji(tx, { host: me.onion, shortcode, url: "", mediaId: emoji.mediaId }, now);
  if (before !== null && before.mediaId !== emoji.mediaId) await markDropped(tx, [before.mediaId]);
}

export async function dropEmoji(tx: Tx, me: Identity, shortcode: string): Promise<void> {
  const before = await emojiRow(tx, me.onion, shortcode);
  await deleteEmoji(tx, me.onion, shortcode);
  await markDropped(tx, [before?.mediaId ?? ""]);
}
