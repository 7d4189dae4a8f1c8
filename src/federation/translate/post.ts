import { LanguageString } from "@fedify/fedify/runtime";
import {
  Article,
  type InteractionPolicy,
  Link,
  Mention,
  Note,
  Page,
  Question,
  type Object as WireObject,
} from "@fedify/fedify/vocab";
import type { FileCard } from "../../social/media/foreign-files.ts";
import type { Quotable } from "../../social/quotes/quotable.ts";
import { answersListOf } from "../../social/threads/lists.ts";
import { hostOf, sameHost } from "../addresses.ts";
import { localContexts } from "../contexts.ts";
import { articleValues } from "./article.ts";
import { attachmentOf, type OwnFile, readFiles } from "./files.ts";
import { offline } from "./offline.ts";
import { plainText } from "./plain-text.ts";
import { readAnswerable, readQuotable } from "./policy.ts";
import { questionValues, readPoll, type WirePoll } from "./poll.ts";
import { type OwnQuote, quoteTag, quoteValues, readQuote, withoutPlainLink, withPlainLink } from "./quote.ts";
import { type Addressing, reachOf, type WireReach } from "./reach.ts";
import { emojiOf, hashtagOf, readTags, type WireEmoji, type WireTag } from "./tags.ts";

const TITLE_LETTERS = 200;
const WARNING_LETTERS = 500;
const MENTIONS_MAX = 100;
const ADDRESS_LETTERS = 2048;

/** What is read as a post. */
export const postTypes = [Note, Article, Page, Question];

/** An own post, ready to be rendered for the wire. Times in milliseconds since 1970; editedAt 0: never. */
export type OwnPost = {
  uri: string;
  html: string;
  warning: string;
  language: string;
  url: string;
  publishedAt: number;
  editedAt: number;
  replyToUri: string;
  /** all of the thread, where somebody lists that; "": nobody does */
  contextUri?: string;
  files?: OwnFile[];
  /** a long post */
  article?: { title: string; source: string } | null;
  quote?: OwnQuote | null;
  quotable?: Quotable;
  /** When that was changed last; not given, 0: never. */
  quotableAt?: number;
  sensitive?: boolean;
  tags?: WireTag[];
  emojis?: WireEmoji[];
  poll?: WirePoll | null;
};

export type Mentioned = { uri: string; address: string };

/** A Note; an Article when it is long, a Question when something is asked. */
export function noteOf(
  post: OwnPost,
  author: string,
  addressing: Addressing,
  mentioned: Mentioned[],
  interactionPolicy: InteractionPolicy | null = null,
): Note | Article | Question {
  const { article = null, quote = null } = post;
  const html = quote === null ? post.html : withPlainLink(post.html, quote);
  const values = {
    id: new URL(post.uri),
    attribution: new URL(author),
    tos: addressing.to,
    ccs: addressing.cc,
    contents: post.language === "" ? [html] : [html, new LanguageString(html, post.language)],
    summary: post.warning === "" ? null : post.warning,
    sensitive: post.sensitive === true || post.warning !== "",
    url: new URL(post.url === "" ? post.uri : post.url),
    published: Temporal.Instant.fromEpochMilliseconds(post.publishedAt),
    updated: post.editedAt === 0 ? null : Temporal.Instant.fromEpochMilliseconds(post.editedAt),
    replyTarget: post.replyToUri === "" ? null : new URL(post.replyToUri),
    replies: new URL(answersListOf(post.uri)),
    contexts: post.contextUri ? [new URL(post.contextUri)] : [],
    attachments: (post.files ?? []).map(attachmentOf),
    tags: [
      ...mentioned.map(({ uri, address }) => new Mention({ href: new URL(uri), name: `@${address}` })),
      ...(post.tags ?? []).map(hashtagOf),
      ...(post.emojis ?? []).map(emojiOf),
      ...(quote === null ? [] : [quoteTag(quote)]),
    ],
    ...(quote === null ? {} : quoteValues(quote)),
    interactionPolicy,
  };
  if (article !== null)
    return new Article({ ...values, ...articleValues({ ...post, html }, article, author) });
  return post.poll ? new Question({ ...values, ...questionValues(post.poll) }) : new Note(values);
}

/** A post by others, parsed and bounded; people by their addresses. The html is not yet sanitised. */
export type ReadPost = {
  uri: string;
  author: string;
  kind: "note" | "article";
  html: string;
  title: string;
  warning: string;
  language: string;
  url: string;
  reach: WireReach;
  publishedAt: number;
  editedAt: number;
  replyToUri: string;
  /** its author's lists of answers to it and of the whole thread (FEP-7458, FEP-7888); "": none */
  repliesUri: string;
  contextUri: string;
  mentions: string[];
  to: string[];
  files: FileCard[];
  quoteUri: string;
  quoteStamp: string;
  quotable: Quotable | "";
  answerable: ReturnType<typeof readAnswerable>;
  sensitive: boolean;
  tags: string[];
  emojis: { shortcode: string; url: string }[];
  poll: WirePoll | null;
};

/** Null: not a post that can be shown, or not provably by one person of the host it is on (FEP-fe34, A6). */
export async function readPost(
  object: WireObject,
  author: { uri: string; followersUri: string },
  now: number,
): Promise<ReadPost | null> {
  if (!isPost(object)) return null;
  const [by, ...others] = object.attributionIds;
  if (object.id === null || by?.href !== author.uri || others.length > 0) return null;
  if (!sameHost(object.id, author.uri)) return null;
  const addressed = { to: object.toIds, cc: object.ccIds };
  const page = object.url instanceof Link ? object.url.href : object.url;
  const quote = object instanceof Page ? { quoteUri: "", quoteStamp: "" } : await readQuote(object);
  const html = String(object.content ?? "");
  // What a long post says in its summary is what it is about, unless it is said to be sensitive (FEP-b2b8).
  const isWarning = object instanceof Note || object.sensitive === true;
  const published = object.published?.epochMilliseconds ?? now;
  return {
    uri: object.id.href,
    author: author.uri,
    kind: isShort(object) ? "note" : "article",
    html: quote.quoteUri === "" ? html : withoutPlainLink(html),
    title: isShort(object) ? "" : plainText(object.name, TITLE_LETTERS),
    warning: isWarning ? plainText(object.summary, WARNING_LETTERS) : "",
    language: languageOf(object),
    url: sameHost(page, object.id) ? (page?.href ?? "") : "",
    reach: reachOf(addressed, author.followersUri === "" ? null : author.followersUri),
    // A clock ahead of ours must not pin a post to the top.
    publishedAt: Math.min(Math.max(published, 0), now),
    editedAt: Math.min(Math.max(object.updated?.epochMilliseconds ?? 0, 0), now),
    replyToUri: hostOf(object.replyTargetId) === null ? "" : (object.replyTargetId?.href ?? ""),
    repliesUri: listAt(object.repliesId, object.id),
    contextUri: listAt(object.contextIds[0], object.id),
    mentions: await mentionsOf(object),
    sensitive: object.sensitive ?? false,
    ...(await readTags(object)),
    poll: await readPoll(object, now),
    to: [...addressed.to, ...addressed.cc].map((uri) => uri.href).slice(0, MENTIONS_MAX),
    ...quote,
    quotable: readQuotable(object, author.followersUri),
    answerable: readAnswerable(object, author.followersUri),
    files: await readFiles(object),
  };
}

/** Only its author's own host may say what belongs to it. */
function listAt(address: URL | null | undefined, post: URL): string {
  const list = address?.href ?? "";
  return list.length <= ADDRESS_LETTERS && sameHost(address, post) && list !== post.href ? list : "";
}

function isPost(object: WireObject): object is InstanceType<(typeof postTypes)[number]> {
  return postTypes.some((type) => object instanceof type);
}

function isShort(object: WireObject): object is Note | Question {
  return object instanceof Note || object instanceof Question;
}

function languageOf(object: WireObject): string {
  const tagged = [...object.contents, ...object.names].find((content) => content instanceof LanguageString);
  return tagged instanceof LanguageString ? tagged.locale.baseName.slice(0, 35) : "";
}

async function mentionsOf(object: WireObject): Promise<string[]> {
  const found = new Set<string>();
  const tags = object.getTags({
    contextLoader: localContexts,
    documentLoader: offline,
    suppressError: true,
  });
  for await (const tag of tags) {
    if (tag instanceof Mention && tag.href !== null) found.add(tag.href.href);
    if (found.size >= MENTIONS_MAX) break;
  }
  return [...found];
}
