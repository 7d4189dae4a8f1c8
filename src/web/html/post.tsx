import type { ComponentChildren } from "preact";
import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { LongText, Teaser } from "./article.tsx";
import { EmojiText, withEmojis } from "./emoji-text.tsx";
import { Face } from "./face.tsx";
import { Form } from "./form.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { Acts } from "./post-acts.tsx";
import { PostFiles } from "./post-files.tsx";
import { MutedFold } from "./post-muted.tsx";
import { OthersMenu } from "./post-others-menu.tsx";
import { PostPoll } from "./post-poll.tsx";
import { Prose } from "./prose.tsx";
import { Quoted } from "./quote-card.tsx";
import { QuoteItem } from "./quote-item.tsx";
import { ReachLine, reachIcon } from "./reach.tsx";
import { Sent } from "./sent.tsx";
import { Moment } from "./time.tsx";

export const MEDIA = "/media/person";

export type PostProps = {
  t: Messages;
  now: number;
  token: string;
  post: PostView;
  /** Turns links inward, see Kit.outward. */
  outward: (html: string) => string;
  /** False where the same post stands on the page a second time. */
  anchor?: boolean;
  /** The list that it stands in: where the owner comes back to. */
  back?: string;
  /** The post a thread was opened at, one above it, an answer in it, or one of many. */
  place?: "focus" | "above" | "answer" | "list";
};

/** A post in the owner's pages, or what somebody passed on, with who did. */
export function Post(props: PostProps) {
  const { t, post, place = "list", anchor = true } = props;
  // The same post may stand on a page by itself and passed on: each has its own place.
  const spot = anchor ? `p-${post.sortKey}` : "";
  const list = place === "list" ? (props.back ?? "/") : `/posts/${post.sortKey}`;
  const back = spot === "" ? list : `${list}#${spot}`;
  if (post.boostOf === null) return <OnePost {...{ ...props, back, place, spot }} />;
  return (
    <div class="passed-on">
      <p class="meta">
        <Icon name="boost" />
        <a href={post.own ? "/profile" : `/people/${post.author.id}`}>
          {post.own ? t.marks.sharedByYou : <Isolated words={t.marks.shared(isolate(post.author.name))} />}
        </a>
      </p>
      <OnePost {...{ ...props, back, place, spot }} post={post.boostOf} />
    </div>
  );
}

type OnePostProps = Required<Omit<PostProps, "anchor">> & { spot: string };

function OnePost({ t, now, token, post, outward, place, back, spot }: OnePostProps) {
  const kind = place === "focus" ? "post focus-post" : place === "answer" ? "post deep1" : "post";
  return (
    <article
      class={kind}
      id={spot === "" ? undefined : spot}
      aria-label={place === "focus" ? t.post.opened : undefined}
    >
      <header class="who-line">
        <Face person={post.author} media={MEDIA} />
        <div>
          <div class="row">
            <a class="name" href={`/people/${post.author.id}`}>
              <bdi>
                <EmojiText text={post.author.name} emojis={post.emojis} />
              </bdi>
            </a>
          </div>
          <div class="meta">
            <a href={`/posts/${post.sortKey}`}>
              <Moment t={t} at={post.publishedAt} now={now} full={place === "focus"} />
            </a>
            <ReachLine t={t} post={post} />
            {post.editedAt > 0 ? <a href={`/posts/${post.sortKey}/history`}>{t.post.edited}</a> : null}
            {post.pinned ? (
              <span>
                <Icon name="pin" /> {t.marks.pinned}
              </span>
            ) : null}
          </div>
          {post.replyTo === null ? null : (
            <div class="meta">
              {post.replyTo.known ? (
                <Isolated words={t.post.inReplyTo(isolate(post.replyTo.personName))} />
              ) : (
                t.post.inReplyToUnknown
              )}
            </div>
          )}
        </div>
        {post.own ? <OwnMenu {...{ t, token, post, back }} /> : <OthersMenu t={t} post={post} />}
      </header>
      <MutedFold t={t} post={post} now={now} place={place}>
        <Words t={t} post={post} html={withEmojis(outward(post.html), post.emojis)} open={place === "focus"}>
          <PostPoll t={t} now={now} post={post} token={token} />
          <Quoted
            t={t}
            now={now}
            post={post}
            outward={outward}
            pathOf={({ sortKey }) => `/posts/${sortKey}`}
          />
        </Words>
        <PostFiles t={t} post={post} token={token} open={place === "focus"} />
      </MutedFold>
      {post.own ? <Sent t={t} post={post} token={token} whole={place === "focus"} /> : null}
      <Acts {...{ t, token, post, back }} />
    </article>
  );
}

type WordsProps = {
  t: Messages;
  post: PostView;
  html: string;
  open: boolean;
  /** What else is hidden behind a warning. */
  children: ComponentChildren;
};

function Words({ t, post, html, open, children }: WordsProps) {
  const lang = post.language === "" ? undefined : post.language;
  const text =
    post.kind !== "article" ? (
      <Prose html={html} lang={lang} />
    ) : open ? (
      <>
        {post.title === "" ? null : (
          <h2 class="long title" dir="auto" lang={lang}>
            {post.title}
          </h2>
        )}
        <LongText html={html} language={post.language} under={2} />
      </>
    ) : (
      <Teaser t={t} post={post} html={html} path={`/posts/${post.sortKey}`} />
    );
  const words = (
    <>
      {text}
      {children}
    </>
  );
  if (post.warning === "") return words;
  return (
    <details class="cw" open={open}>
      <summary class="row">
        <b class="grow" dir="auto" lang={lang}>
          <EmojiText text={post.warning} emojis={post.emojis} />
        </b>
        <span class="btn">{t.post.show}</span>
      </summary>
      {words}
    </details>
  );
}

function OwnMenu({ t, token, post, back }: Pick<OnePostProps, "t" | "token" | "post" | "back">) {
  return (
    <details class="menu">
      <summary>
        <span aria-hidden="true">⋯</span>
        <span class="vh">{t.post.more(post.author.name)}</span>
      </summary>
      <ul>
        <li>
          <a class="btn bare" href={`/posts/${post.sortKey}/edit`}>
            <Icon name="pen" />
            {t.post.edit}
          </a>
        </li>
        <li>
          <a class="btn bare" href={`/posts/${post.sortKey}/audience`}>
            <Icon name={reachIcon[post.reach]} />
            {t.seen.menu}
          </a>
        </li>
        <QuoteItem t={t} post={post} />
        <li>
          <a class="btn bare" href={`/posts/${post.sortKey}/marks`}>
            <Icon name="heart" />
            {t.marks.who}
          </a>
        </li>
        <li>
          <a class="btn bare" href={`/posts/${post.sortKey}/quotes`}>
            <Icon name="message" />
            {t.quotes.list}
          </a>
        </li>
        {post.reach === "everyone" ? (
          <li>
            <Form action={`/posts/${post.sortKey}/mark`} token={token}>
              <input type="hidden" name="back" value={back} />
              <button class="btn bare" type="submit" name="do" value={post.pinned ? "unpin" : "pin"}>
                <Icon name="pin" />
                {post.pinned ? t.marks.unpin : t.marks.pin}
              </button>
            </Form>
          </li>
        ) : null}
        <li>
          <a class="btn bare" href={`/posts/${post.sortKey}/delete`}>
            <Icon name="bin" />
            {t.post.delete}
          </a>
        </li>
      </ul>
    </details>
  );
}
