import type { VNode } from "preact";
import { idOf } from "../../lib/ids.ts";
import type { Page } from "../../lib/page.ts";
import type { Viewer } from "../../social/access.ts";
import type { Acting } from "../../social/acting.ts";
import type { Opened } from "../../social/guests/guest.ts";
import { personById } from "../../social/people/find.ts";
import type { PersonView } from "../../social/people/view.ts";
import { postById } from "../../social/posts/find.ts";
import { articlesFor, pinnedPosts, postsOf } from "../../social/posts/timelines.ts";
import type { PostView } from "../../social/posts/view.ts";
import { asShown, cardFor, type ProfileCard } from "../../social/profile/card.ts";
import { taggedPosts } from "../../social/tags/tagged-posts.ts";
import { tagKey } from "../../social/tags/tags.ts";
import type { Language } from "../html/document.tsx";
import type { Messages } from "../messages/en.ts";
import { NothingPage, PostPage, ProfilePage, TagPage } from "./pages.tsx";
import { type Reading, renderedFor } from "./reading.tsx";

const PAGE = 20;

/** One look at the public face: for whom, in which language, and what is asked for. */
export type Look = {
  acting: Pick<Acting, "me" | "read" | "now">;
  viewer: Viewer;
  /** As whom it is read, where that has a name. */
  reading: Reading;
  t: Messages;
  lang: Language;
  /** As in the address, with its query. */
  path: string;
};

/** `opened`: what a guest is noted to have opened by it; null: nothing. */
export type Found = { status: number; html: string; opened: Opened | null };

type OnePage = { node: VNode; opened: Opened };

type Shown = Look & { owner: PersonView; card: ProfileCard; before: string };

/**
 * The page a viewer gets, whoever asks for it: a visitor over the network, or the owner who looks as somebody. Null: there
 * is no owner yet.
 */
export async function visitorPage(look: Look): Promise<Found | null> {
  const { me, read } = look.acting;
  const owner = await personById(read, me.ownerId);
  if (owner === null) return null;
  const card = await cardFor(read, me, look.viewer);
  const url = URL.parse(me.origin + look.path);
  const before = url?.searchParams.get("before") ?? "";
  const shown: Shown = { ...look, owner: asShown(card, owner), card, before };
  const page = url === null ? null : await pageAt(shown, partsOf(url.pathname));
  const { t, lang, reading } = look;
  if (page !== null) return { status: 200, html: renderedFor(reading, page.node), opened: page.opened };
  const nothing = NothingPage({ t, lang, owner: shown.owner });
  return { status: 404, html: renderedFor(reading, nothing), opened: null };
}

/** A path that is no text is nowhere. */
function partsOf(pathname: string): string[] {
  try {
    return pathname
      .replace(/(.)\/$/, "$1")
      .split("/")
      .slice(1)
      .map(decodeURIComponent);
  } catch {
    return ["", ""];
  }
}

async function pageAt(look: Shown, [first = "", second, ...rest]: string[]): Promise<OnePage | null> {
  if (rest.length > 0) return null;
  const { handle } = look.acting.me;
  if (second === undefined) {
    if (first === "" || first === `@${handle}`) return profilePage(look, "posts");
    return first === "blog" ? profilePage(look, "blog") : null;
  }
  if (first === "people") return second === handle ? profilePage(look, "posts") : null;
  if (first === "tags") return tagPage(look, tagKey(second));
  return first === "posts" ? postPage(look, second) : null;
}

async function profilePage(look: Shown, list: "posts" | "blog"): Promise<OnePage> {
  const { acting, viewer, card } = look;
  const { me, read } = acting;
  const { page, isFirst } = await pageAsked(look);
  const posts =
    list === "blog"
      ? await articlesFor(read, me, viewer, page)
      : await postsOf(read, me, me.ownerId, viewer, page);
  const first = isFirst && list === "posts" ? await pinnedPosts(read, me, me.ownerId, viewer) : [];
  const items = posts.items.map((post) => cut(card, post));
  const pinned = first.map((post) => cut(card, post));
  const node = ProfilePage({ ...common(look), card, pinned, posts: { ...posts, items }, list });
  return { node, opened: { kind: list === "blog" ? "blog" : "profile", postId: "" } };
}

async function postPage(look: Shown, part: string): Promise<OnePage | null> {
  const post = await ownPost(look, part);
  if (post === null) return null;
  const node = PostPage({ ...common(look), card: look.card, post: cut(look.card, post) });
  return { node, opened: { kind: "post", postId: post.id } };
}

/** A tag nobody used looks like a page that never was. */
async function tagPage(look: Shown, tag: string): Promise<OnePage | null> {
  if (tag === "") return null;
  const { acting, viewer, card } = look;
  const { page } = await pageAsked(look);
  const posts = await taggedPosts(acting.read, acting.me, { tag, viewer }, page);
  if (posts.items.length === 0) return null;
  const items = posts.items.map((post) => cut(card, post));
  const node = TagPage({ ...common(look), card, tag, posts: { ...posts, items } });
  return { node, opened: { kind: "profile", postId: "" } };
}

function common({ t, lang, acting, owner }: Shown) {
  return { t, lang, now: acting.now(), owner };
}

async function pageAsked(look: Shown): Promise<{ page: Page; isFirst: boolean }> {
  const last = await ownPost(look, look.before);
  return {
    page: last === null ? { limit: PAGE } : { before: last.sortKey, limit: PAGE },
    isFirst: last === null,
  };
}

/** A post of the owner's that the viewer may see, by the last part of its address. */
async function ownPost({ acting: { me, read }, viewer }: Look, part: string): Promise<PostView | null> {
  const post = await postById(read, me, idOf(`${me.origin}/posts/${part}`), viewer);
  return post?.own === true ? post : null;
}

/** A post carries its author, and what it quotes too. */
function cut(card: ProfileCard, post: PostView): PostView {
  const { quote, author } = post;
  const quoted =
    quote === null
      ? null
      : {
          ...quote,
          by: quote.by === null ? null : asShown(card, quote.by),
          post: quote.post === null ? null : { ...quote.post, author: asShown(card, quote.post.author) },
        };
  return { ...post, author: asShown(card, author), quote: quoted };
}
