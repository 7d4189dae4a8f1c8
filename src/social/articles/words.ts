import { NodeError } from "../../lib/errors.ts";
import type { ReadClient } from "../../store/tx.ts";
import { cleanLine, fitsBounds } from "../html.ts";
import { LONGEST_WARNING } from "../posts/limits.ts";
import { isLonger, namedIn, typed, type Words } from "../posts/words.ts";
import { tagsIn } from "../tags/tags.ts";
import { LONGEST_ARTICLE, LONGEST_ARTICLE_TITLE, MOST_BYTES_ON_WIRE } from "./limits.ts";
import { renderMarkdown } from "./markdown.ts";

export type TypedArticle = { title: string; text: string; warning: string };
export type ArticleWords = Words & { title: string };

/**
 * What was typed for a long post, checked and rendered: exactly what will be published. Throws "title-empty",
 * "text-empty", "text-too-long" or "article-too-large" (few letters, but far more once it is rendered).
 */
export async function articleWords(read: ReadClient, article: TypedArticle): Promise<ArticleWords> {
  const source = typed(article.text);
  const title = cleanLine(article.title, LONGEST_ARTICLE_TITLE);
  if (title === "") throw new NodeError("title-empty", "no title");
  if (source === "") throw new NodeError("text-empty", "no text");
  if (isLonger(source, LONGEST_ARTICLE) || isLonger(article.warning.trim(), LONGEST_WARNING)) {
    throw new NodeError("text-too-long", "over the limit");
  }
  const named = await namedIn(read, source);
  const html = rendered(source, named);
  const bytes = bytesOf(html) + bytesOf(source) + bytesOfNames(named);
  if (!fitsBounds(html) || bytes > MOST_BYTES_ON_WIRE) {
    throw new NodeError("article-too-large", "over the bounds once rendered");
  }
  return {
    title,
    html,
    source,
    warning: cleanLine(article.warning, LONGEST_WARNING),
    tags: tagsIn(source),
    mentionedIds: [...new Set(named.map(({ id }) => id))],
  };
}

/** Thousands of brackets or quotes in each other are more than the renderer can follow. */
function rendered(source: string, named: Parameters<typeof renderMarkdown>[1]): string {
  try {
    return renderMarkdown(source, named);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new NodeError("article-too-large", "too deep to be rendered", { cause });
  }
}

/** Whoever is named stands in the activity four more times: addressed twice, and in a tag with their name. */
function bytesOfNames(named: { uri: string; written: string }[]): number {
  return named.reduce((sum, { uri, written }) => sum + 4 * (uri.length + written.length) + 100, 0);
}

function bytesOf(text: string): number {
  return Buffer.byteLength(JSON.stringify(text));
}
