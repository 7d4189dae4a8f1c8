import type { EmojiView } from "../../social/emojis/emoji.ts";

/** Where the node shows a custom emoji: named by a row of ours, there is no way to ask for an address. */
export function emojiPath({ host, shortcode }: EmojiView): string {
  return `/media/emoji/${encodeURIComponent(host)}/${encodeURIComponent(shortcode)}`;
}

type Source = (emoji: EmojiView) => string;

/** A name or an option with its custom emoji; where the picture is not there, its shortcode stands. */
export function EmojiText({
  text,
  emojis,
  source = emojiPath,
}: {
  text: string;
  emojis: readonly EmojiView[];
  source?: Source;
}) {
  const parts = text.split(pattern(emojis));
  return (
    <>
      {parts.map((part, place) => {
        const emoji = place % 2 === 0 ? undefined : emojis.find(({ shortcode }) => shortcode === part);
        return emoji === undefined ? part : <Picture emoji={emoji} source={source} />;
      })}
    </>
  );
}

function Picture({ emoji, source }: { emoji: EmojiView; source: Source }) {
  const name = `:${emoji.shortcode}:`;
  return <img class="emoji" src={source(emoji)} alt={name} title={name} loading="lazy" />;
}

/** Sanitised HTML with its custom emoji as pictures: in the text only, never inside a tag. */
export function withEmojis(html: string, emojis: readonly EmojiView[], source: Source = emojiPath): string {
  if (emojis.length === 0) return html;
  const found = pattern(emojis);
  return html.replace(/(<[^>]*>)|([^<]+)/g, (whole, tag: string | undefined) => {
    if (tag !== undefined) return whole;
    return whole.replace(found, (written, shortcode: string) => {
      const emoji = emojis.find((one) => one.shortcode === shortcode);
      // Shortcodes and paths are letters, digits and few marks: nothing in them needs escaping.
      if (emoji === undefined) return written;
      return `<img class="emoji" src="${source(emoji)}" alt="${written}" title="${written}" loading="lazy">`;
    });
  });
}

function pattern(emojis: readonly EmojiView[]): RegExp {
  const codes = emojis.map(({ shortcode }) => shortcode.replace(/[+]/g, "\\+")).join("|");
  return codes === "" ? /(?!)/ : new RegExp(`:(${codes}):`, "g");
}
