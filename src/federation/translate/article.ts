import { LanguageString } from "@fedify/fedify/runtime";
import { Note, Source } from "@fedify/fedify/vocab";
import { excerptOf } from "../../social/articles/excerpt.ts";
import { escapeHtml } from "../../social/html.ts";

/** What is needed of an own post. */
type Words = {
  uri: string;
  url: string;
  html: string;
  warning: string;
  language: string;
  publishedAt: number;
};

/**
 * What makes a post a long one on the wire (FEP-b2b8). `summary` says what it is about, unless there is a warning: that
 * goes before all. `preview` is what those show who show no Articles. The language stands at the title alone, so that
 * the text is not sent twice.
 */
export function articleValues(post: Words, article: { title: string; source: string }, author: string) {
  const { warning, language, html } = post;
  const { title, source } = article;
  const about = excerptOf(html).words;
  return {
    names: language === "" ? [title] : [title, new LanguageString(title, language)],
    contents: [html],
    summary: warning === "" ? `<p>${escapeHtml(about)}</p>` : warning,
    mediaType: "text/html",
    source: new Source({ content: source, mediaType: "text/markdown" }),
    preview: previewOf(post, title, author, warning === "" ? about : ""),
  };
}

function previewOf(post: Words, title: string, author: string, about: string): Note {
  const address = escapeHtml(post.url === "" ? post.uri : post.url);
  const words = about === "" ? "" : `<p>${escapeHtml(about)}</p>`;
  return new Note({
    attribution: new URL(author),
    content: `<p><strong>${escapeHtml(title)}</strong></p>${words}<p><a href="${address}">${address}</a></p>`,
    summary: post.warning === "" ? null : post.warning,
    sensitive: post.warning !== "",
    published: Temporal.Instant.fromEpochMilliseconds(post.publishedAt),
  });
}
