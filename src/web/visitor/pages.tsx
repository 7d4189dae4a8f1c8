import type { Paged } from "../../lib/page.ts";
import type { PersonView } from "../../social/people/view.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { ProfileCard } from "../../social/profile/card.ts";
import { Teaser } from "../html/article.tsx";
import { Document, type Language } from "../html/document.tsx";
import { Face, shortAddress } from "../html/face.tsx";
import { EmptyTable, Icon } from "../html/icon.tsx";
import { VisitorMoved } from "../html/moved.tsx";
import { VisitorFiles } from "../html/post-files.tsx";
import { PollResult } from "../html/post-poll.tsx";
import { Prose } from "../html/prose.tsx";
import { Moment } from "../html/time.tsx";
import type { Messages } from "../messages/en.ts";
import { ArticlePage, type OnePost, ReplyHint, VisitorQuote } from "./article.tsx";
import { Banner, CardFacts, FriendsList } from "./facts.tsx";
import { type Common, pictured, VisitorPage } from "./frame.tsx";

type Listed = { card: ProfileCard; pinned: PostView[]; posts: Paged<PostView>; list: "posts" | "blog" };

export function ProfilePage({ t, lang, now, owner, card, pinned, posts, list }: Common & Listed) {
  const here = list === "blog" ? "/blog" : "/";
  return (
    <VisitorPage t={t} lang={lang} title={t.visitor.title} name={owner.name}>
      <section class="card hero">
        <Banner mediaId={card.bannerId} />
        <div class="in stack">
          <Face person={pictured(owner, card)} size="xl" media="/media" />
          <div>
            <h1 dir="auto">{owner.name}</h1>
            <p class="addr">@{shortAddress(owner.address)}</p>
          </div>
          {card.aboutHtml === "" ? null : <Prose html={card.aboutHtml} />}
          <CardFacts t={t} card={card} />
        </div>
      </section>
      <FriendsList t={t} friends={card.friends} />
      <VisitorMoved t={t} owner={owner} />
      <nav class="tabs" aria-label={t.visitor.posts}>
        <a href="/" aria-current={list === "posts" ? "page" : undefined}>
          {t.blog.posts}
        </a>
        <a href="/blog" aria-current={list === "blog" ? "page" : undefined}>
          {t.blog.list}
        </a>
      </nav>
      <section class="stack" aria-label={list === "blog" ? t.blog.list : t.visitor.posts}>
        <h2 class="vh">{list === "blog" ? t.blog.listOf(owner.name) : t.visitor.posts}</h2>
        {posts.items.length === 0 ? (
          <p class="muted">{list === "blog" ? t.blog.none : t.visitor.noPosts}</p>
        ) : null}
        {[...pinned, ...posts.items].map((post) => (
          <VisitorPost t={t} now={now} post={post} card={card} first={pinned.includes(post)} />
        ))}
      </section>
      {posts.older === null ? null : (
        <nav class="pager" aria-label={t.pages}>
          <span />
          <a class="btn" href={`${here}?before=${partOf(posts.items.at(-1))}`}>
            {t.home.olderPosts}
            <Icon name="next" turn />
          </a>
        </nav>
      )}
      <section class="card stack" id="subscribe">
        <h2>{t.visitor.subscribeTo(owner.name)}</h2>
        <p>{t.visitor.subscribeText}</p>
        <p class="mono" dir="ltr">
          @{owner.address}
        </p>
      </section>
    </VisitorPage>
  );
}

/** The last part of a post's address. A key of the order here would tell when this device took it in. */
function partOf(post: PostView | undefined): string {
  return post === undefined ? "" : (new URL(post.uri).pathname.split("/").at(-1) ?? "");
}

function VisitorPost({
  t,
  now,
  post,
  card,
  full = false,
  first = false,
}: {
  t: Messages;
  now: number;
  post: PostView;
  card: ProfileCard;
  full?: boolean;
  /** The owner put it before the others. */
  first?: boolean;
}) {
  const path = new URL(post.uri).pathname;
  const words = (
    <>
      {post.kind === "article" ? (
        <Teaser t={t} post={post} html={post.html} path={path} />
      ) : (
        <Prose html={post.html} lang={post.language || undefined} />
      )}
      <PollResult t={t} now={now} post={post} pictures={false} />
      <VisitorQuote t={t} now={now} post={post} />
    </>
  );
  return (
    <article class="post still">
      {first ? (
        <p class="by">
          <Icon name="pin" />
          {t.marks.pinned}
        </p>
      ) : null}
      <header class="who-line">
        <Face person={pictured(post.author, card)} media="/media" />
        <div>
          <div class="row">
            <a class="name" href="/">
              <bdi>{post.author.name}</bdi>
            </a>
          </div>
          <div class="meta">
            <a href={path}>
              <Moment t={t} at={post.publishedAt} now={now} full={full} />
            </a>
            {post.editedAt > 0 ? <span>{t.post.edited}</span> : null}
          </div>
        </div>
      </header>
      {post.warning === "" ? (
        words
      ) : (
        <details class="cw">
          <summary class="row">
            <b class="grow" dir="auto">
              {post.warning}
            </b>
            <span class="btn">{t.post.show}</span>
          </summary>
          {words}
        </details>
      )}
      <VisitorFiles t={t} post={post} />
    </article>
  );
}

export function PostPage(props: OnePost) {
  const { t, lang, now, owner, card, post } = props;
  if (post.kind === "article") return <ArticlePage {...props} />;
  return (
    <VisitorPage t={t} lang={lang} title={t.visitor.postTitle} name={owner.name}>
      <h1 class="vh">{t.visitor.postBy(owner.name)}</h1>
      <p>
        <a class="btn bare" href="/">
          <Icon name="back" turn />
          {t.visitor.allPosts(owner.name)}
        </a>
      </p>
      <VisitorPost t={t} now={now} post={post} card={card} full />
      <ReplyHint t={t} uri={post.uri} />
    </VisitorPage>
  );
}

/** The same to the letter for what is private, deleted, or never was. */
export function NothingPage({ t, lang, owner }: { t: Messages; lang: Language; owner: PersonView }) {
  return (
    <VisitorPage t={t} lang={lang} title={t.visitor.title} name={owner.name}>
      <section class="card empty">
        <EmptyTable />
        <h1>{t.visitor.nothing}</h1>
        <p class="muted">{t.visitor.nothingText}</p>
        <a class="btn" href="/">
          {t.visitor.toPage}
        </a>
      </section>
    </VisitorPage>
  );
}

/** While the node starts or hands over: nothing is known yet, not even a name. */
export function AsleepPage({ t, lang }: { t: Messages; lang: Language }) {
  return (
    <Document lang={lang} title={t.visitor.title} bodyClass="visitor" script={false}>
      <main class="main" id="main">
        <section class="card empty">
          <EmptyTable />
          <h1>{t.visitor.asleep}</h1>
          <p class="muted">{t.visitor.asleepText}</p>
        </section>
      </main>
    </Document>
  );
}

type TagProps = Common & { card: ProfileCard; tag: string; posts: Paged<PostView> };

/** The owner's posts for everyone that have a hashtag. */
export function TagPage({ t, lang, now, owner, card, tag, posts }: TagProps) {
  return (
    <VisitorPage t={t} lang={lang} title={t.tags.title} name={owner.name}>
      <h1>
        <bdi>#{tag}</bdi>
      </h1>
      <p class="muted">{t.tags.visitorHint(owner.name)}</p>
      {posts.items.map((post) => (
        <VisitorPost t={t} now={now} post={post} card={card} />
      ))}
      {posts.older === null ? null : (
        <nav class="pager" aria-label={t.pages}>
          <span />
          <a class="btn" href={`/tags/${encodeURIComponent(tag)}?before=${partOf(posts.items.at(-1))}`}>
            {t.home.olderPosts}
            <Icon name="next" turn />
          </a>
        </nav>
      )}
    </VisitorPage>
  );
}
