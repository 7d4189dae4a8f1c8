import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { type ArticleDraft, dropDraft, readDraft, saveDraft } from "../../../social/articles/draft.ts";
import { editArticle } from "../../../social/articles/edit.ts";
import { type ArticleWords, articleWords } from "../../../social/articles/words.ts";
import { forEveryone } from "../../../social/audiences/choice.ts";
import { defaultChoice } from "../../../social/audiences/default-choice.ts";
import { rememberLanguage } from "../../../social/posts/last-language.ts";
import { publish } from "../../../social/posts/publish.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { changeQuotable } from "../../../social/quotes/change-quotable.ts";
import { quotableOf } from "../../../social/quotes/quotable.ts";
import { answerableIn, answersOf } from "../../html/answers-field.tsx";
import { ArticleForm, ArticlePreview, type TypedArticleForm } from "../../html/article-form.tsx";
import { nobodyYet } from "../../html/audience-picker.tsx";
import { Icon } from "../../html/icon.tsx";
import { knowMentioned, notFoundWords } from "../../know-mentioned.ts";
import { sentence } from "../../messages/messages.ts";
import { inBackground } from "../in-background.ts";
import type { Kit, Visit } from "../kit.ts";
import { insideLink } from "./inside-link.ts";
import { postOf } from "./post.tsx";
import { reckoned } from "./recipients.ts";
import { ANYWAY, aroundOf, blankPost, heldBack, keepChoice, seenIn, typedPost } from "./typed-post.ts";

/** What is written: something new, or an own long post that is there. */
type Desk = { kit: Kit; visit: Visit; post: PostView | null };
type Shown = { status?: number; words?: ArticleWords | null };

/** Writing long posts, and changing them: with a preview, and with a draft that is not lost. */
export function writeRoutes(kit: Kit): Router {
  const router = Router();
  for (const path of ["/write", "/write/:sortKey"]) {
    kit.get(router, path, async (visit) => {
      const desk = { kit, visit, post: await postIn(visit) };
      await show(desk, await typedBefore(desk), {});
    });
    kit.post(router, path, async (visit) => act({ kit, visit, post: await postIn(visit) }));
  }
  return router;
}

async function postIn(visit: Visit): Promise<PostView | null> {
  if (visit.part("sortKey") === "") return null;
  const post = await postOf(visit);
  if (!post.own || post.kind !== "article") throw new NodeError("not-allowed", "no own long post");
  return post;
}

async function act(desk: Desk): Promise<void> {
  const { visit, post } = desk;
  const { acting, fields, t } = visit;
  const { typed, sought } = await typedIn(visit, post);
  const postId = post?.id ?? "";
  switch (fields.text("do")) {
    case "post":
    case ANYWAY:
      return publishOrChange(desk, typed, sought);
    case "save":
      await acting.transact((tx) => saveDraft(tx, postId, draftOf(typed, visit.now)));
      if (inBackground(visit.req)) return void visit.res.status(204).end();
      return visit.go(pathOf(post), t.blog.saved);
    case "discard":
      await acting.transact((tx) => dropDraft(tx, postId));
      return visit.go(pathOf(post), t.blog.discarded);
    case "preview":
      return preview(desk, typed);
    default:
      return show(desk, { ...typed, open: true }, {});
  }
}

function draftOf(typed: TypedArticleForm, savedAt: number): ArticleDraft {
  return { ...typed, answerable: answerableIn(typed.answers), savedAt };
}

async function preview(desk: Desk, typed: TypedArticleForm): Promise<void> {
  const { acting, t, now } = desk.visit;
  try {
    const words = await articleWords(acting.read, typed);
    await acting.transact((tx) => saveDraft(tx, desk.post?.id ?? "", draftOf(typed, now)));
    await show(desk, { ...typed, savedAt: now }, { words });
  } catch (error) {
    await show(desk, { ...typed, wrong: wordsOf(t, error) }, { status: 422 });
  }
}

async function publishOrChange(desk: Desk, typed: TypedArticleForm, sought: boolean): Promise<void> {
  const { visit, post } = desk;
  const { acting, now, t } = visit;
  const held = post === null ? await heldBack(visit, typed, sought) : null;
  if (held !== null) return show(desk, { ...typed, ...held }, { status: 422 });
  let missing: string[] = [];
  try {
    missing = await knowMentioned(acting, typed.text);
    await acting.transact(async (tx) => {
      if (post === null) {
        const { id, title, text, warning, language, quotable } = typed;
        const draft = { id, title, text, warning, language, quotable, ...seenIn(typed) };
        await publish(tx, acting.me, draft, now, acting.random);
        await rememberLanguage(tx, language);
        await keepChoice(tx, "article", typed);
      } else {
        await editArticle(tx, acting.me, post.id, typed, now);
        await changeQuotable(tx, acting.me, post.id, typed.quotable, now);
      }
      await dropDraft(tx, post?.id ?? "");
    });
  } catch (error) {
    return show(desk, { ...typed, wrong: wordsOf(t, error) }, { status: 422 });
  }
  visit.go(post === null ? "/" : `/posts/${post.sortKey}`, notFoundWords(t, missing));
}

function wordsOf(t: Visit["t"], error: unknown): string {
  const known = asNodeError(error);
  if (known.code === "internal") throw error;
  return sentence(t, known);
}

const pathOf = (post: PostView | null) => (post === null ? "/write" : `/write/${post.sortKey}`);

/** The draft, where there is one; else what is published, or nothing. */
async function typedBefore({ visit, post }: Desk): Promise<TypedArticleForm> {
  const { acting } = visit;
  const blank = { ...(await blankPost(visit)), savedAt: 0, title: "" };
  const draft = await readDraft(acting.read, post?.id ?? "");
  if (draft !== null) {
    const { answerable, ...kept } = draft;
    const counted = await reckoned(acting, draft.choice, "");
    return { ...blank, ...kept, ...counted, answers: answersOf(answerable) };
  }
  const quotable = quotableOf(post?.quotable ?? "", "everyone");
  if (post === null) {
    const choice = await defaultChoice(acting.read, "article");
    return { ...blank, choice, ...(await reckoned(acting, choice, "")), quotable };
  }
  const { title, source: text, warning, language, reach } = post;
  return {
    ...blank,
    title,
    text,
    warning,
    language,
    quotable,
    choice: { ...forEveryone, reach },
    ...nobodyYet,
  };
}

async function typedIn(
  visit: Visit,
  post: PostView | null,
): Promise<{ typed: TypedArticleForm; sought: boolean }> {
  const { typed, sought } = await typedPost(visit, { counting: "" });
  const choice = post === null ? typed.choice : { ...forEveryone, reach: post.reach };
  return { typed: { ...typed, choice, title: visit.fields.text("title"), savedAt: 0 }, sought };
}

async function show({ kit, visit, post }: Desk, typed: TypedArticleForm, shown: Shown): Promise<void> {
  const { t, token } = visit;
  const around = post === null ? await aroundOf(visit, typed) : null;
  const { words = null, status = 200 } = shown;
  await visit.show({
    title: t.blog.title,
    status,
    main: (
      <>
        <div class="page-head">
          <a class="btn bare" href={post === null ? "/" : `/posts/${post.sortKey}`}>
            <Icon name="back" turn />
            {t.back}
          </a>
          <h1>{post === null ? t.blog.heading : t.blog.editHeading}</h1>
        </div>
        {words === null ? null : (
          <ArticlePreview t={t} words={words} outward={(html) => kit.outward(html, insideLink)} />
        )}
        <ArticleForm t={t} token={token} action={pathOf(post)} typed={typed} around={around} />
      </>
    ),
  });
}
