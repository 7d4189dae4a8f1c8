import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { Face } from "./face.tsx";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { Prose } from "./prose.tsx";
import { ReachLine } from "./reach.tsx";
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
  /** The post a thread was opened at, an answer in it, or one of many. */
  place?: "focus" | "answer" | "list";
};

/** A post in the owner's pages. */
export function Post({ t, now, token, post, outward, place = "list" }: PostProps) {
  const kind = place === "focus" ? "post focus-post" : place === "answer" ? "post deep1" : "post";
  return (
    <article class={kind} aria-label={place === "focus" ? t.post.opened : undefined}>
      <header class="who-line">
        <Face person={post.author} media={MEDIA} />
        <div>
          <div class="row">
            <a class="name" href={`/people/${post.author.id}`}>
              <bdi>{post.author.name}</bdi>
            </a>
          </div>
          <div class="meta">
            <a href={`/posts/${post.sortKey}`}>
              <Moment t={t} at={post.publishedAt} now={now} full={place === "focus"} />
            </a>
            <ReachLine t={t} post={post} />
            {post.editedAt > 0 ? <span>{t.post.edited}</span> : null}
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
        {post.own ? <OwnMenu t={t} post={post} /> : null}
      </header>
      <Words t={t} post={post} html={outward(post.html)} open={place === "focus"} />
      {post.own ? <Sent t={t} post={post} token={token} whole={place === "focus"} /> : null}
      <p class="acts">
        <a class="btn" href={`/posts/${post.sortKey}#reply`}>
          <Icon name="reply" turn />
          <span>
            {t.post.reply}
            {post.replies > 0 ? ` ${post.replies}` : ""}
            <span class="vh"> {post.author.name}</span>
          </span>
        </a>
      </p>
    </article>
  );
}

function Words({ t, post, html, open }: { t: Messages; post: PostView; html: string; open: boolean }) {
  const lang = post.language === "" ? undefined : post.language;
  const words = (
    <>
      {post.title === "" ? null : (
        <p class="prose" dir="auto">
          <b>{post.title}</b>
        </p>
      )}
      <Prose html={html} lang={lang} />
    </>
  );
  if (post.warning === "") return words;
  return (
    <details class="cw" open={open}>
      <summary class="row">
        <b class="grow" dir="auto">
          {post.warning}
        </b>
        <span class="btn">{t.post.show}</span>
      </summary>
      {words}
    </details>
  );
}

function OwnMenu({ t, post }: { t: Messages; post: PostView }) {
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
          <a class="btn bare" href={`/posts/${post.sortKey}/delete`}>
            <Icon name="bin" />
            {t.post.delete}
          </a>
        </li>
      </ul>
    </details>
  );
}
