import { excerptOf } from "../../social/articles/excerpt.ts";
import { escapeHtml } from "../../social/html.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { QuotedPost, QuoteView } from "../../social/quotes/view.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";
import { Isolated, isolate } from "./isolated.tsx";
import { Prose } from "./prose.tsx";
import { Moment } from "./time.tsx";

/** Letters of a quoted post before it is folded. */
const FOLDED = 600;

type CardProps = {
  t: Messages;
  now: number;
  /** Turns links inward; on the visitor's pages it leaves them. */
  outward: (html: string) => string;
  /** Where the quoted post is read whole. */
  pathOf: (post: QuotedPost) => string;
};

/** What a post quotes, one level deep; without leave only where it is. */
export function Quoted({ t, now, outward, pathOf, post }: CardProps & { post: PostView }) {
  const { quote } = post;
  if (quote === null) return null;
  return (
    <>
      <Standing t={t} quote={quote} own={post.own} />
      {quote.post !== null && !(post.own && quote.state === "refused") ? (
        <QuoteCard t={t} now={now} outward={outward} pathOf={pathOf} quoted={quote.post} />
      ) : (
        <PlainLink t={t} uri={quote.uri} outward={outward} />
      )}
    </>
  );
}

function Standing({ t, quote, own }: { t: Messages; quote: QuoteView; own: boolean }) {
  if (quote.state === "approved") return quote.post === null ? <Line words={t.quotes.missing} /> : null;
  const { by } = quote;
  if (!own) return <Line words={quote.state === "refused" ? t.quotes.refused : t.quotes.waits} />;
  const name = by === null ? null : isolate(by.name);
  if (quote.state === "waiting") {
    return <Line words={name === null ? t.quotes.waitingForAuthor : t.quotes.waitingFor(name)} waits />;
  }
  return <Line words={name === null ? t.quotes.refusedByAuthor : t.quotes.refusedBy(name)} />;
}

function Line({ words, waits = false }: { words: string; waits?: boolean }) {
  return (
    <p class="small muted row">
      <Icon name={waits ? "clock" : "stop"} />
      <span>
        <Isolated words={words} />
      </span>
    </p>
  );
}

function PlainLink({ t, uri, outward }: Pick<CardProps, "t" | "outward"> & { uri: string }) {
  const address = escapeHtml(uri);
  const link = `<p><a href="${address}" rel="nofollow noopener noreferrer">${t.quotes.address}</a></p>`;
  return <Prose html={outward(link)} class="small" />;
}

export function QuoteCard({ t, now, outward, pathOf, quoted }: CardProps & { quoted: QuotedPost }) {
  const { author, title, warning, language } = quoted;
  const lang = language === "" ? undefined : language;
  const words = <CardWords t={t} quoted={quoted} outward={outward} path={pathOf(quoted)} />;
  return (
    <section class="hello stack tight" aria-label={t.quotes.quoted(author.name)}>
      <p class="meta">
        <a class="name" href={pathOf(quoted)}>
          <bdi>{author.name}</bdi>
        </a>{" "}
        <Moment t={t} at={quoted.publishedAt} now={now} />
      </p>
      {warning === "" ? (
        <>
          {title === "" ? null : (
            <p class="prose" dir="auto" lang={lang}>
              <b>{title}</b>
            </p>
          )}
          {words}
        </>
      ) : (
        <details class="cw">
          <summary class="row">
            <b class="grow" dir="auto">
              {warning}
            </b>
            <span class="btn">{t.post.show}</span>
          </summary>
          {words}
        </details>
      )}
    </section>
  );
}

function CardWords({
  t,
  quoted,
  outward,
  path,
}: {
  t: Messages;
  quoted: QuotedPost;
  outward: (html: string) => string;
  path: string;
}) {
  const lang = quoted.language === "" ? undefined : quoted.language;
  const { words, whole } = excerptOf(quoted.html, FOLDED);
  if (whole && quoted.kind !== "article") return <Prose html={outward(quoted.html)} lang={lang} />;
  return (
    <>
      <p class="prose" dir="auto" lang={lang}>
        {words}
      </p>
      <p>
        <a href={path}>
          {t.quotes.readOn}
          <span class="vh"> {quoted.author.name}</span>
        </a>
      </p>
    </>
  );
}
