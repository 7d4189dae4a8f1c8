import type { PersonView } from "../../../social/people/view.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { type Account, accountOf, acctOf } from "./account.ts";
import { attachmentOf, type MediaAttachment } from "./attachment.ts";
import { type CustomEmoji, emojiOf } from "./emoji.ts";
import { type FilterResult, filteredOf } from "./filter.ts";
import { type Poll, pollOf } from "./poll.ts";
import { type Quote, type QuoteApproval, quoteApprovalOf, quoteOf } from "./quote.ts";
import { type Site, time, timeOrNull } from "./site.ts";
import { type StatusTag, tagOf } from "./tag.ts";
import { type Visibility, visibilityOf } from "./visibility.ts";

export type Mention = { id: string; username: string; acct: string; url: string };

export type Status = {
  id: string;
  created_at: string;
  edited_at: string | null;
  in_reply_to_id: string | null;
  in_reply_to_account_id: string | null;
  sensitive: boolean;
  spoiler_text: string;
  visibility: Visibility;
  language: string | null;
  uri: string;
  url: string;
  content: string;
  account: Account;
  mentions: Mention[];
  replies_count: number;
  reblogs_count: number;
  favourites_count: number;
  favourited: boolean;
  reblogged: boolean;
  muted: boolean;
  bookmarked: boolean;
  pinned: boolean;
  reblog: Status | null;
  application: null;
  media_attachments: MediaAttachment[];
  tags: StatusTag[];
  emojis: CustomEmoji[];
  filtered: FilterResult[];
  card: null;
  poll: Poll | null;
  /** As Pleroma and Akkoma have it, which apps with emoji reactions know. */
  pleroma: { emoji_reactions: { name: string; count: number; me: boolean; url: string | null }[] };
  quote: Quote<Status> | null;
  quote_approval: QuoteApproval;
};

/** The post answered, if it is here: apps know it by its id and its author's. */
export type Answered = { id: string; accountId: string };

type More = {
  /** The posts that may be quoted in it, by id; null: only their ids are told. */
  quoted?: ReadonlyMap<string, PostView> | null;
  /** For muted words: without it, those that had an end still hold. */
  now?: number;
};

/** A boost is a status without words around the one it passes on. */
export function statusOf(
  post: PostView,
  answered: Answered | null,
  site: Site,
  { quoted = null, now = 0 }: More = {},
): Status {
  const { likes, liked, boosts, boosted, bookmarked, emojis } = post.marks;
  const whole = (id: string): Status | null => {
    const one = quoted?.get(id);
    return one === undefined ? null : statusOf(one, null, site, { now });
  };
  return {
    id: post.sortKey,
    created_at: time(post.publishedAt),
    edited_at: timeOrNull(post.editedAt),
    in_reply_to_id: answered?.id ?? null,
    in_reply_to_account_id: answered?.accountId ?? null,
    sensitive: post.sensitive,
    spoiler_text: post.warning,
    visibility: visibilityOf(post.reach),
    language: post.language === "" ? null : post.language,
    uri: post.uri,
    url: post.url === "" ? post.uri : post.url,
    content: contentOf(post),
    account: accountOf(post.author, site),
    mentions: post.mentions.map(mentionOf),
    replies_count: post.replies,
    reblogs_count: boosts,
    favourites_count: likes,
    favourited: liked,
    reblogged: boosted || (post.boostOf !== null && post.own),
    muted: false,
    bookmarked,
    pinned: post.pinned,
    reblog: post.boostOf === null ? null : statusOf(post.boostOf, null, site, { quoted, now }),
    application: null,
    media_attachments: post.files.map((file) => attachmentOf(file, site)),
    tags: post.tags.map((tag) => tagOf(tag, site)),
    emojis: post.emojis.map((emoji) => emojiOf(emoji, site)),
    filtered: filteredOf(post, now),
    card: null,
    poll: pollOf(post, site, now),
    pleroma: {
      emoji_reactions: emojis.map(({ emoji, count, mine, picture }) => ({
        ...{ name: emoji.replaceAll(":", ""), count, me: mine },
        url: picture === null ? null : emojiOf(picture, site).url,
      })),
    },
    quote: quoteOf(post, quoted === null ? null : whole),
    quote_approval: quoteApprovalOf(post),
  };
}

export function sourceOf(post: PostView) {
  return { id: post.sortKey, text: post.source, spoiler_text: post.warning };
}

function mentionOf(person: PersonView): Mention {
  return {
    id: person.sortKey,
    username: person.handle,
    acct: acctOf(person),
    url: person.url === "" ? person.uri : person.url,
  };
}

/** Apps have no place for the title of an article: it goes before the text. */
function contentOf(post: PostView): string {
  return post.title === "" ? post.html : `<p><strong>${escaped(post.title)}</strong></p>${post.html}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
