/**
 * Letters of a long post, as people count them. Chosen so that ordinary words always fit what others take: 64 KiB of
 * HTML here (social/html.ts), 256 KiB for a whole activity with the Markdown in it, also where a letter takes four bytes.
 */
export const LONGEST_ARTICLE = 30_000;
export const LONGEST_ARTICLE_TITLE = 150;
/** Bytes of what goes out, HTML and Markdown together, as JSON; the rest of the 256 KiB is for names and addresses. */
export const MOST_BYTES_ON_WIRE = 240 * 1024;
/** Letters that a list shows of a long post. */
export const EXCERPT = 500;
