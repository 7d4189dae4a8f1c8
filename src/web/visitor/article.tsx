import type { PostView } from "../../social/posts/view.ts";
import type { ProfileCard } from "../../social/profile/card.ts";
import type { QuotedPost } from "../../social/quotes/view.ts";
import { LongText, minutesOf } from "../html/article.tsx";
import { Face } from "../html/face.tsx";
import { Icon } from "../html/icon.tsx";
import { Quoted } from "../html/quote-card.tsx";
import { Moment } from "../html/time.tsx";
import type { Messages } from "../messages/en.ts";
import { type Common, pictured, VisitorPage } from "./frame.tsx";

/** Quoted posts of others lead to where they are: nothing of theirs is served from here but what its card shows. */
export function VisitorQuote({ t, now, post }: { t: Messages; now: number; post: PostView }) {
  const pathOf = (quoted: QuotedPost) =>
    quoted.own ? new URL(quoted.uri).pathname : quoted.url || quoted.uri;
  const { quote } = post;
  if (quote === null || quote.state === "refused") return null;
  // Whose leave is waited for is between the two.
  const shown = quote.state === "approved" ? quote : { ...quote, by: null, post: null };
  const stranger = { ...post, own: false, quote: shown };
  return <Quoted t={t} now={now} post={stranger} outward={(html) => html} pathOf={pathOf} />;
}

export type OnePost = Common & { card: ProfileCard; post: PostView };

/** A long post looks like what it is: a page to read. */
export function ArticlePage({ t, lang, now, owner, card, post }: OnePost) {
  const text = <LongText html={post.html} language={post.language} under={1} />;
  return (
    <VisitorPage t={t} lang={lang} title={t.visitor.postTitle} name={owner.name}>
      <p>
        <a class="btn bare" href="/blog">
          <Icon name="back" turn />
          {t.blog.listOf(owner.name)}
        </a>
      </p>
      <article class="card roomy stack loose">
        <header class="stack long">
          <h1 dir="auto" lang={post.language || undefined}>
            {post.title}
          </h1>
        </header>
        <div class="who-line">
          <Face person={pictured(post.author, card)} media="/media" />
          <div>
            <a class="name" href="/">
              <bdi>{post.author.name}</bdi>
            </a>
            <div class="meta">
              <Moment t={t} at={post.publishedAt} now={now} full />
              <span>{t.blog.minutes(minutesOf(post.html))}</span>
              {post.editedAt > 0 ? <span>{t.post.edited}</span> : null}
            </div>
          </div>
        </div>
        {post.warning === "" ? (
          text
        ) : (
          <details class="cw">
            <summary class="row">
              <b class="grow" dir="auto">
                {post.warning}
              </b>
              <span class="btn">{t.post.show}</span>
            </summary>
            {text}
          </details>
        )}
        <VisitorQuote t={t} now={now} post={post} />
      </article>
      <ReplyHint t={t} uri={post.uri} />
    </VisitorPage>
  );
}

export function ReplyHint({ t, uri }: { t: Messages; uri: string }) {
  return (
    <section class="card stack">
      <h2>{t.visitor.replyHeading}</h2>
      <p>{t.visitor.replyText}</p>
      <p class="mono" dir="ltr">
        {uri}
      </p>
    </section>
  );
}
