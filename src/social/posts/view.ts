import type { PersonView } from "../people/view.ts";
import type { Reach } from "./reach.ts";

/** Somebody whose device does not have an own post yet; since when it waits, milliseconds. */
export type PersonWaiting = { person: PersonView; since: number };

export type PostView = {
  id: string;
  sortKey: string;
  uri: string;
  author: PersonView;
  kind: string;
  html: string;
  /** as typed; own posts only */
  source: string;
  title: string;
  warning: string;
  language: string;
  url: string;
  reach: Reach;
  publishedAt: number;
  /** 0: never */
  editedAt: number;
  replyToId: string;
  /** null: not a reply. known: the answered post is here. */
  replyTo: { personName: string; known: boolean } | null;
  own: boolean;
  mentions: PersonView[];
  to: PersonView[];
  replies: number;
  /** own posts that went to somebody; else null */
  delivery: { delivered: PersonView[]; waiting: PersonWaiting[]; stopped: PersonView[] } | null;
};
