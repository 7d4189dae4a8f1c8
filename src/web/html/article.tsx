import { excerptOf } from "../../social/articles/excerpt.ts";
import { headingsUnder } from "../../social/articles/headings.ts";
import { textOf } from "../../social/html.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { Messages } from "../messages/en.ts";
import { Prose } from "./prose.tsx";

const LETTERS_A_MINUTE = 1_100;

/** How long reading takes, roughly. */
export function minutesOf(html: string): number {
  return Math.max(1, Math.round(textOf(html).length / LETTERS_A_MINUTE));
}

/** `html`: the whole text, its links turned where they lead from here. */
type TeaserProps = { t: Messages; post: PostView; html: string; path: string };

/** A long post in a list: its title, its first words, and the way to the rest. */
export function Teaser({ t, post, html, path }: TeaserProps) {
  const { words, whole } = excerptOf(post.html);
  const lang = post.language === "" ? undefined : post.language;
  if (whole) {
    return (
      <>
        <ArticleTitle post={post} />
        <Prose html={html} lang={lang} />
      </>
    );
  }
  return (
    <>
      <ArticleTitle post={post} />
      <p class="prose" dir="auto" lang={lang}>
        {words}
      </p>
      <p>
        <a class="btn" href={path} aria-label={t.blog.readOnAbout(post.title)}>
          {t.blog.readOn}
        </a>{" "}
        <span class="small muted">{t.blog.minutes(minutesOf(post.html))}</span>
      </p>
    </>
  );
}

function ArticleTitle({ post }: { post: Pick<PostView, "title" | "language"> }) {
  if (post.title === "") return null;
  return (
    <p class="prose" dir="auto" lang={post.language === "" ? undefined : post.language}>
      <b>{post.title}</b>
    </p>
  );
}

/** The whole text, its headings below the one of the page. */
export function LongText({ html, language, under }: { html: string; language: string; under: 1 | 2 }) {
  return (
    <div
      class="prose long"
      dir="auto"
      lang={language === "" ? undefined : language}
      dangerouslySetInnerHTML={{ __html: headingsUnder(html, under) }}
    />
  );
}
