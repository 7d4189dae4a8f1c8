import type { Thing } from "../../social/access.ts";
import { ownEmojisIn } from "../../social/emojis/own-emojis.ts";
import { pollsOfPosts } from "../../social/polls/of-posts.ts";
import { reachOf } from "../../social/posts/reach.ts";
import { thingIn } from "../../social/posts/thing.ts";
import { quotableOf } from "../../social/quotes/quotable.ts";
import { tagAddress } from "../../social/tags/tags.ts";
import { threadListOf } from "../../social/threads/lists.ts";
import type { Prisma } from "../../store/generated/client.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Mentioned, OwnPost } from "../translate/post.ts";
import type { OwnQuote } from "../translate/quote.ts";
import type { WireReach } from "../translate/reach.ts";
import type { WireEmoji } from "../translate/tags.ts";

const PINNED_MAX = 10;

export type OwnPostToSend = {
  id: string;
  sortKey: string;
  /** what access.may is asked about */
  thing: Thing;
  post: OwnPost;
  /** null: for the owner alone, never sent */
  reach: WireReach | null;
  mentioned: (Mentioned & { personId: string })[];
  pinned: boolean;
  /** uri of the post that this one passes on; "" for a post */
  boostOf: string;
};

const withAddressees = {
  addressees: { include: { person: { select: { uri: true, address: true } } } },
  attachments: { orderBy: { place: "asc" } },
  tagged: true,
} as const;

export async function ownPost(read: ReadClient, id: string): Promise<OwnPostToSend | null> {
  const row = await read.post.findUnique({ where: { id }, include: withAddressees });
  if (row?.own !== true) return null;
  const [sent = null] = await withParts(read, [row]);
  return sent;
}

/** What stands first on the owner's page, the latest first. */
export async function ownPinned(read: ReadClient, me: { ownerId: string }): Promise<OwnPostToSend[]> {
  const rows = await read.post.findMany({
    where: {
      authorId: me.ownerId,
      own: true,
      reach: "everyone",
      boostOfId: "",
      pinnedAt: { gt: new Date(0) },
    },
    orderBy: { pinnedAt: "desc" },
    take: PINNED_MAX,
    include: withAddressees,
  });
  return withParts(read, rows);
}

/** The owner's posts for everyone, and what the owner passed on; newest first, older than the sort key. */
export async function ownPublicPosts(
  read: ReadClient,
  me: { ownerId: string },
  before: string | null,
  limit: number,
): Promise<OwnPostToSend[]> {
  const rows = await read.post.findMany({
    where: {
      authorId: me.ownerId,
      own: true,
      reach: "everyone",
      ...(before === null ? {} : { sortKey: { lt: before } }),
    },
    orderBy: { sortKey: "desc" },
    take: limit,
    include: withAddressees,
  });
  return withParts(read, rows);
}

/** An own post that may have lists of its own; null: there is none of that address. */
export async function listedPost(read: ReadClient, id: string) {
  const row = await read.post.findUnique({ where: { id }, include: { addressees: true } });
  if (row?.own !== true || row.boostOfId !== "" || wireReach(row) === null) return null;
  return {
    id,
    uri: row.uri,
    isFirst: row.replyToId === "",
    thing: thingIn(
      row,
      row.addressees.map(({ personId }) => personId),
    ),
  };
}

type PostRow = Prisma.PostGetPayload<{ include: typeof withAddressees }>;

/** With what hangs on the posts: polls, and the owner's emoji in them. */
async function withParts(read: ReadClient, rows: PostRow[]): Promise<OwnPostToSend[]> {
  const ids = rows.map(({ id }) => id);
  const polls = await pollsOfPosts(read, ids, ids, null);
  const all: OwnPostToSend[] = [];
  for (const row of rows) {
    const sent = toSend(row);
    const poll = polls.get(row.id) ?? null;
    const options = poll?.options.map(({ title }) => title) ?? [];
    const words = [row.title, row.html, row.warning, ...options].join("\n");
    const emojis = await ownEmojisOnWire(read, new URL(row.uri).origin, words);
    all.push({ ...sent, post: { ...sent.post, emojis, poll } });
  }
  return all;
}

/** The owner's emoji in these words, as they are told to others. */
export async function ownEmojisOnWire(read: ReadClient, origin: string, words: string): Promise<WireEmoji[]> {
  const used = await ownEmojisIn(read, new URL(origin).host, words);
  return used.map(({ shortcode, mediaId }) => ({
    shortcode,
    id: `${origin}/emojis/${shortcode}`,
    url: `${origin}/media/${mediaId}`,
  }));
}

function toSend(row: PostRow): OwnPostToSend {
  return {
    id: row.id,
    sortKey: row.sortKey,
    thing: thingIn(
      row,
      row.addressees.map(({ personId }) => personId),
    ),
    post: {
      uri: row.uri,
      html: row.html,
      warning: row.warning,
      language: row.language,
      url: row.url,
      publishedAt: row.publishedAt.getTime(),
      editedAt: row.editedAt.getTime(),
      replyToUri: row.replyToUri,
      contextUri: row.replyToId === "" ? threadListOf(row.uri) : row.contextUri,
      article: row.kind === "article" ? { title: row.title, source: row.source } : null,
      quote: quoteOf(row),
      quotable: quotableOf(row.quotable, reachOf(row.reach)),
      quotableAt: row.quotableAt.getTime(),
      sensitive: row.sensitive,
      files: row.attachments.map((file) => ({
        ...file,
        url: `${new URL(row.uri).origin}/media/${file.mediaId}`,
      })),
      tags: row.tagged.map(({ tag, name }) => ({
        name,
        href: tagAddress(new URL(row.uri).origin, tag),
      })),
    },
    reach: wireReach(row),
    mentioned: row.addressees
      .filter((one) => one.mention)
      .map(({ personId, person }) => ({ personId, ...person })),
    pinned: row.pinnedAt.getTime() > 0,
    boostOf: row.boostOfUri,
  };
}

/** Refused, it quotes nothing any more. */
function quoteOf(row: PostRow): OwnQuote | null {
  if (row.quoteOfUri === "" || row.quoteState === "refused") return null;
  return { uri: row.quoteOfUri, stamp: row.quoteStamp };
}

/**
 * Addressed to all subscribers, a post is shown by a server of many to every subscriber there: with somebody left out, or
 * somebody besides, it goes to people one by one.
 */
function wireReach({
  reach,
  audiences,
  without,
}: Pick<PostRow, "reach" | "audiences" | "without">): WireReach | null {
  if (reach === "subscribers" && (audiences !== "" || without !== "")) return "chosen";
  return reach === "everyone" || reach === "unlisted" || reach === "subscribers" || reach === "chosen"
    ? reach
    : null;
}
