import { NodeError } from "../../lib/errors.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
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
  const rows = await emojisNamed(read, [host], shortcodesIn(words));
  return rows.filter(({ mediaId }) => mediaId !== "");
}

/** Throws "emoji-not-right": no shortcode, or as many as there may be. The same shortcode again gets the new picture. */
export async function addEmoji(
  tx: Tx,
  me: Identity,
  emoji: { shortcode: string; mediaId: string },
  now: number,
): Promise<void> {
  const shortcode = shortcodeOf(emoji.shortcode);
  const isNew = (await emojiRow(tx, me.onion, shortcode)) === null;
  if (shortcode === "" || (isNew && (await countEmojis(tx, me.onion)) >= MOST_EMOJIS)) {
    throw new NodeError("emoji-not-right", "no shortcode, or too many");
  }
  await putEmoji(tx, { host: me.onion, shortcode, url: "", mediaId: emoji.mediaId }, now);
}

export async function dropEmoji(tx: Tx, me: Identity, shortcode: string): Promise<void> {
  await deleteEmoji(tx, me.onion, shortcode);
}
