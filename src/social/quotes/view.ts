import type { PersonView } from "../people/view.ts";

/** A quoted post as its card shows it: one level, without what it may quote itself. */
export type QuotedPost = {
  id: string;
  sortKey: string;
  uri: string;
  url: string;
  author: PersonView;
  kind: string;
  html: string;
  title: string;
  warning: string;
  language: string;
  publishedAt: number;
  own: boolean;
};

/**
 * What a post quotes. `post`: null when it is not here, not for this viewer, or quoted without leave. `by`: its author,
 * when known here.
 */
export type QuoteView = {
  state: "waiting" | "approved" | "refused";
  uri: string;
  by: PersonView | null;
  post: QuotedPost | null;
};
