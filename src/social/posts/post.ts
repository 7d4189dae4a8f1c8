import type { Choice } from "../audiences/choice.ts";
import type { EmojiCard } from "../emojis/emoji.ts";
import type { FileCard } from "../media/foreign-files.ts";
import type { PollCard } from "../polls/poll.ts";
import type { Reach } from "./reach.ts";

/** Somebody else's post, read at the edge. Times in milliseconds; 0: never. mentions, to: ids of people known here. */
export type PostCard = {
  uri: string;
  authorId: string;
  kind: string;
  html: string;
  title: string;
  warning: string;
  language: string;
  url: string;
  reach: Reach;
  publishedAt: number;
  editedAt: number;
  replyToUri: string;
  mentions: string[];
  to: string[];
  files?: FileCard[];
  /** address of the post it quotes, and of the leave for that; "": none */
  quoteUri?: string;
  quoteStamp?: string;
  /** who may quote it: everyone | subscribers | nobody; "": not said */
  quotable?: string;
  /** who may answer it; null, not given: not said */
  answerable?: Choice | null;
  /** may be hidden behind a click, also without a warning in words */
  sensitive?: boolean;
  /** names of hashtags */
  tags?: string[];
  poll?: PollCard | null;
  emojis?: EmojiCard[];
  /** where its author lists answers to it, and all of the thread; "": not said */
  repliesUri?: string;
  contextUri?: string;
};
