import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import type { Page, Paged } from "../../../lib/page.ts";
import type { Work } from "../../../social/acting.ts";
import { boost, unboost } from "../../../social/boosts/boost.ts";
import { bookmark } from "../../../social/marks/bookmark.ts";
import { pin } from "../../../social/marks/pin.ts";
import { bookmarkedPosts, likedPosts } from "../../../social/posts/timelines.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { picturesIn } from "../../../social/reactions/of-posts.ts";
import { react, unreact } from "../../../social/reactions/react.ts";
import { type Did, whoDid } from "../../../social/reactions/who.ts";
import { EmojiText } from "../../html/emoji-text.tsx";
import { EmptyTable, Icon } from "../../html/icon.tsx";
import { Pager } from "../../html/pager.tsx";
import { PersonRow } from "../../html/person-row.tsx";
import { Post } from "../../html/post.tsx";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { insideLink } from "./inside-link.ts";
import { postOf } from "./post.tsx";

/** Liking, sharing, keeping, reacting, putting first; and the lists that come of it. */
export function marksRoutes(kit: Kit): Router {
  const router = Router();
  kit.post(router, "/posts/:sortKey/mark", async (visit) => {
    const post = await postOf(visit);
    await visit.acting.transact(marking(visit, post.id));
    const back = visit.fields.text("back");
    visit.go(/^\/(?!\/)[a-z0-9/]*(?:#p-\d{21})?$/.test(back) ? back : "/");
  });
  kit.get(router, "/posts/:sortKey/marks", showWho);
  kit.get(router, "/bookmarks", (visit) =>
    showList(kit, visit, {
      ...{ path: "/bookmarks", title: visit.t.marks.bookmarks, none: visit.t.marks.bookmarksNone },
      read: (page) => bookmarkedPosts(visit.acting.read, visit.acting.me, page),
    }),
  );
  kit.get(router, "/liked", (visit) =>
    showList(kit, visit, {
      ...{ path: "/liked", title: visit.t.marks.liked, none: visit.t.marks.likedNone },
      read: (page) => likedPosts(visit.acting.read, visit.acting.me, page),
    }),
  );
  return router;
}

function marking({ acting: { me, random }, fields, now }: Visit, postId: string): Work<unknown> {
  const unreacted = fields.text("unreact");
  if (unreacted !== "") return (tx) => unreact(tx, me, { postId, emoji: unreacted }, now);
  const doing = fields.text("do");
  switch (doing) {
    case "like":
      return (tx) => react(tx, me, { postId, emoji: "" }, now, random);
    case "unlike":
      return (tx) => unreact(tx, me, { postId, emoji: "" }, now);
    case "boost":
      return (tx) => boost(tx, me, postId, now, random);
    case "unboost":
      return (tx) => unboost(tx, me, postId, now);
    case "keep":
    case "unkeep":
      return (tx) => bookmark(tx, { postId, on: doing === "keep" }, now);
    case "pin":
    case "unpin":
      return (tx) => pin(tx, me, { postId, on: doing === "pin" }, now);
  }
  const emoji = fields.text("emoji").trim();
  if (emoji === "") throw new NodeError("emoji-not-understood", "nothing chosen");
  return (tx) => react(tx, me, { postId, emoji }, now, random);
}

type List = { path: string; title: string; none: string; read: (page: Page) => Promise<Paged<PostView>> };

async function showList(kit: Kit, visit: Visit, { path, title, none, read }: List): Promise<void> {
  const { t, now, token } = visit;
  const posts = await read(askedPage(visit.fields));
  const outward = (html: string) => kit.outward(html, insideLink);
  await visit.show({
    title,
    current: "more",
    main: (
      <>
        <div class="page-head">
          <h1>{title}</h1>
        </div>
        {posts.items.length > 0 ? null : (
          <section class="card empty">
            <EmptyTable />
            <p class="muted">{none}</p>
          </section>
        )}
        {posts.items.map((post) => (
          <Post {...{ t, now, token, post, outward }} back={path} />
        ))}
        <Pager t={t} page={posts} path={path} newer={t.home.newerPosts} older={t.home.olderPosts} />
      </>
    ),
  });
}

const kinds: readonly Did[] = ["like", "boost", "reaction"];

async function showWho(visit: Visit): Promise<void> {
  const { acting, t, fields } = visit;
  const post = await postOf(visit);
  const wanted = kinds.find((kind) => kind === fields.text("who")) ?? "like";
  const people = await whoDid(acting.read, acting.me, { postId: post.id, did: wanted }, askedPage(fields));
  const m = t.marks;
  const names = { like: m.like, boost: m.share, reaction: m.reactions };
  const path = (kind: Did) => `/posts/${post.sortKey}/marks?who=${kind}`;
  await visit.show({
    title: m.whoTitle,
    main: (
      <>
        <div class="page-head">
          <a class="btn bare" href={`/posts/${post.sortKey}`}>
            <Icon name="back" turn />
            {t.back}
          </a>
          <h1>{m.whoTitle}</h1>
        </div>
        <p class="muted">{m.whoLead}</p>
        <nav class="tabs" aria-label={m.whoTitle}>
          {kinds.map((kind) => (
            <a href={path(kind)} aria-current={kind === wanted ? "page" : undefined}>
              {names[kind]}
            </a>
          ))}
        </nav>
        <section class="card">
          <h2 class="vh">{names[wanted]}</h2>
          {people.items.length === 0 ? <p class="muted">{m.nobody}</p> : null}
          <ul class="list">
            {people.items.map(({ person, emoji }) => (
              <PersonRow person={person}>
                <span>
                  <EmojiText text={emoji} emojis={picturesIn(post.marks)} />
                </span>
              </PersonRow>
            ))}
          </ul>
        </section>
        <Pager t={t} page={people} path={path(wanted)} />
      </>
    ),
  });
}
