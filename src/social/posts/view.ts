import type { EmojiView } from "../emojis/emoji.ts";
import type { FileView } from "../media/of-posts.ts";
import type { MutedWord } from "../muting/words.ts";
import type { PersonView } from "../people/view.ts";
import type { PollView } from "../polls/poll.ts";
import type { Quotable } from "../quotes/quotable.ts";
import type { QuoteView } from "../quotes/view.ts";
import type { Marks } from "../reactions/of-posts.ts";
import type { Tag } from "../tags/tags.ts";
import type { Reach } from "./reach.ts";

/** Somebody an own post is for, and when that became what it is: waits since, has it since, given up at; milliseconds. */
export type PersonAt = {
  person: PersonView;
  at: number;
  /** Whether the two devices ever were on at the same time. */
  met: boolean;
  /** Why it was stopped, in a word of ours; "" otherwise. */
  why: string;
};

/**
 * How an own post goes out. The lists name some, the longest waiting first; `counts` are of all.
 * stopped: given up after 60 days, or refused.
 */
export type DeliveryView = {
  delivered: PersonAt[];
  waiting: PersonAt[];
  stopped: PersonAt[];
  counts: { delivered: number; waiting: number; stopped: number };
};

export type PostView = {
  id: string;
  sortKey: string;
  uri: string;
  author: PersonView;
  kind: string;
  html: string;
  /** as typed; own posts, for the owner only */
  source: string;
  title: string;
  warning: string;
  language: string;
  url: string;
  reach: Reach;
  /** own posts, for the owner only: audiences it is for besides, and what it is kept from */
  audiences: readonly string[];
  without: readonly string[];
  /** what the owner calls those, by id; the two that nobody made have no name */
  seenBy: ReadonlyMap<string, string>;
  /** whether it may be passed on, and whether its author takes the owner's answer */
  shareable: boolean;
  takesAnswer: boolean;
  /** who passed it on to the owner, by name, for the owner only; "": nobody, it came from its author */
  passedBy: string;
  publishedAt: number;
  /** 0: never */
  editedAt: number;
  replyToId: string;
  /** "" when it is no reply; for the owner only, so that what is missing can be asked for */
  replyToUri: string;
  /** null: not a reply. known: the answered post is here, for this viewer. */
  replyTo: { personName: string; known: boolean } | null;
  own: boolean;
  files: FileView[];
  mentions: PersonView[];
  /** whom it is addressed to by name, the mentioned included; for others than the owner only themselves */
  to: PersonView[];
  /** what it quotes; null: nothing */
  quote: QuoteView | null;
  /** who may quote it without asking, as far as said */
  quotable: Quotable | "";
  /** as many as this viewer may see */
  replies: number;
  /** of others' posts and of own ones, for the owner; for others nothing is counted */
  marks: Marks;
  /** stands first on its author's page */
  pinned: boolean;
  /** of a boost: the post that was passed on, by this row's author; else null */
  boostOf: PostView | null;
  /** words in it that the owner does not want to see, those whose time is over included; see hiddenAt */
  mutedWords: MutedWord[];
  /** may be hidden behind a click, also without a warning in words */
  sensitive: boolean;
  tags: Tag[];
  poll: PollView | null;
  /** custom emoji in it, its options and its author’s name */
  emojis: EmojiView[];
  /** own posts that went to somebody, for the owner; else null */
  delivery: DeliveryView | null;
};
