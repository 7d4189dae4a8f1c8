import type { Tx } from "../../store/tx.ts";
import { cleanAddress } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { markDropped } from "../media/queries.ts";
import { type EmojiCard, MOST_EMOJIS, shortcodeOf } from "./emoji.ts";
import { planEmoji } from "./picture.ts";
import { countEmojis, emojiRow, putEmoji } from "./queries.ts";

/** Of one other host. */
const MOST_OF_HOST = 2_000;

/**
 * Emoji of others are kept for their own host only, with pictures on that host only: nobody changes what another's look
 * like, and nobody names a place of their choice for this node to go to. `tied`: they came from somebody the owner has to
 * do with, so their pictures are fetched.
 */
export async function keepEmojis(
  tx: Tx,
  me: Identity,
  host: string,
  emojis: readonly EmojiCard[],
  tied: boolean,
  now: number,
): Promise<void> {
  if (host === "" || emojis.length === 0 || host === me.onion) return;
  let room = MOST_OF_HOST - (await countEmojis(tx, host));
  for (const { shortcode: written, url: address } of emojis.slice(0, MOST_EMOJIS)) {
    const [shortcode, url] = [shortcodeOf(written), cleanAddress(address)];
    if (shortcode === "" || URL.parse(url)?.host !== host) continue;
    const before = await emojiRow(tx, host, shortcode);
    if (before === null && room-- <= 0) continue;
    if (before?.url !== url) {
      await putEmoji(tx, { host, shortcode, url, mediaId: "" }, now);
      await markDropped(tx, [before?.mediaId ?? ""]);
    } else if (before.mediaId !== "") continue;
    if (tied) await planEmoji(tx, { host, shortcode }, now);
  }
}
