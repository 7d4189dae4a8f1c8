import type { Tx } from "../../store/tx.ts";
import { cleanAddress } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { type EmojiCard, MOST_EMOJIS, shortcodeOf } from "./emoji.ts";
import { countEmojis, emojiRow, putEmoji } from "./queries.ts";

/** Of one other host. */
const MOST_OF_HOST = 2_000;

/** Emoji of others are kept for their own host only: nobody changes what another's look like. */
export async function keepEmojis(
  tx: Tx,
  me: Identity,
  host: string,
  emojis: readonly EmojiCard[],
  now: number,
): Promise<void> {
  if (host === "" || emojis.length === 0 || host === me.onion) return;
  let room = MOST_OF_HOST - (await countEmojis(tx, host));
  for (const { shortcode: written, url: address } of emojis.slice(0, MOST_EMOJIS)) {
    const [shortcode, url] = [shortcodeOf(written), cleanAddress(address)];
    if (shortcode === "" || url === "") continue;
    const before = await emojiRow(tx, host, shortcode);
    if (before?.url === url || (before === null && room-- <= 0)) continue;
    await putEmoji(tx, { host, shortcode, url, mediaId: "" }, now);
  }
}
