import type { EmojiView } from "../../../social/emojis/emoji.ts";
import type { Site } from "./site.ts";

export type CustomEmoji = {
  shortcode: string;
  url: string;
  static_url: string;
  visible_in_picker: boolean;
};

/** Shown through the node only, like every picture of others. */
export function emojiOf({ host, shortcode }: EmojiView, site: Site): CustomEmoji {
  const url = `${site.base}/media/emoji/${encodeURIComponent(host)}/${encodeURIComponent(shortcode)}`;
  return { shortcode, url, static_url: url, visible_in_picker: true };
}
