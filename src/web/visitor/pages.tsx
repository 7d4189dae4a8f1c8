import type { ComponentChildren } from "preact";
import type { Paged } from "../../lib/page.ts";
import type { PersonView } from "../../social/people/view.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { Profile } from "../../social/profile/profile.ts";
import { Document, type Language } from "../html/document.tsx";
import { Face, shortAddress } from "../html/face.tsx";
import { EmptyTable, Icon, Mark } from "../html/icon.tsx";
import { VisitorMoved } from "../html/moved.tsx";
import { Prose } from "../html/prose.tsx";
import { Moment } from "../html/time.tsx";
import type { Messages } from "../messages/en.ts";

type Frame = { t: Messages; lang: Language; title: string; name: string; children: ComponentChildren };

/** What anybody sees: no script, nothing from elsewhere, complete without a single picture. */
function VisitorPage({ t, lang, title, name, children }: Frame) {
  return (
    <Document lang={lang} title={title} bodyClass="visitor" script={false}>
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <header class="topbar">
        <a class="brand" href="/">
          <Mark />
          <bdi>{name}</bdi>
        </a>
        <a class="btn push" href="/#subscribe">
          {t.visitor.subscribe}
        </a>
      </header>
      <main class="main" id="main">
        {children}
      </main>
      <footer>
        <p>{t.visitor.foot(name)}</p>
      </footer>
    </Document>
  );
}

type Common = { t: Messages; lang: Language; now: number; owner: PersonView };

export function ProfilePage({
  t,
  lang,
  now,
  owner,
  card,
  posts,
}: Common & { card: Profile; posts: Paged<PostView> }) {
  return (
    <VisitorPage t={t} lang={lang} title={t.visitor.title} name={owner.name}>
      <section class="card hero">
        <div class="in stack">
          <Face person={pictured(owner, card)} size="xl" media="/media" />
          <div>
            <h1 dir="auto">{owner.name}</h1>
            <p class="addr">@{shortAddress(owner.address)}</p>
          </div>
          <Prose html={card.aboutHtml} />
        </div>
      </section>
      <VisitorMoved t={t} owner={owner} />
      <section class="stack" aria-label={t.visitor.posts}>
        <h2 class="vh">{t.visitor.posts}</h2>
        {posts.items.length === 0 ? <p class="muted">{t.visitor.noPosts}</p> : null}
        {posts.items.map((post) => (
          <VisitorPost t={t} now={now} post={post} card={card} />
        ))}
      </section>
      {posts.older === null ? null : (
        <nav class="pager" aria-label={t.pages}>
          <span />
          <a class="btn" href={`/?before=${partOf(posts.items.at(-1))}`}>
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

/** The owner's picture is served by its own id, and only while it is the picture. */
function pictured(owner: PersonView, card: Profile): PersonView {
  return card.pictureId === ""
    ? { ...owner, pictureUrl: "" }
    : { ...owner, id: card.pictureId, pictureUrl: "own" };
}

function VisitorPost({
  t,
  now,
  post,
  card,
  full = false,
}: {
  t: Messages;
  now: number;
  post: PostView;
  card: Profile;
  full?: boolean;
}) {
  const words = <Prose html={post.html} lang={post.language || undefined} />;
  return (
    <article class="post still">
      <header class="who-line">
        <Face person={pictured(post.author, card)} media="/media" />
        <div>
          <div class="row">
            <a class="name" href="/">
              <bdi>{post.author.name}</bdi>
            </a>
          </div>
          <div class="meta">
            <a href={new URL(post.uri).pathname}>
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
    </article>
  );
}

export function PostPage({ t, lang, now, owner, card, post }: Common & { card: Profile; post: PostView }) {
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
      <section class="card stack">
        <h2>{t.visitor.replyHeading}</h2>
        <p>{t.visitor.replyText}</p>
        <p class="mono" dir="ltr">
          {post.uri}
        </p>
      </section>
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
