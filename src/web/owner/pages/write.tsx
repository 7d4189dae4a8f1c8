import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { randomId } from "../../../lib/ids.ts";
import { dropDraft, readDraft, saveDraft } from "../../../social/articles/draft.ts";
import { editArticle } from "../../../social/articles/edit.ts";
import { type ArticleWords, articleWords } from "../../../social/articles/words.ts";
import { lastLanguage, rememberLanguage } from "../../../social/posts/last-language.ts";
import { languageOf, publish } from "../../../social/posts/publish.ts";
import { isReach } from "../../../social/posts/reach.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { changeQuotable } from "../../../social/quotes/change-quotable.ts";
import { isQuotable, quotableOf } from "../../../social/quotes/quotable.ts";
import { ArticleForm, ArticlePreview, type TypedArticleForm } from "../../html/article-form.tsx";
import { isWider } from "../../html/compose.tsx";
import { Icon } from "../../html/icon.tsx";
import { knowMentioned, notFoundWords } from "../../know-mentioned.ts";
import { sentence } from "../../messages/messages.ts";
import { inBackground } from "../in-background.ts";
import type { Kit, Visit } from "../kit.ts";
import { insideLink } from "./inside-link.ts";
import { postOf } from "./post.tsx";
import { choices, recipients } from "./recipients.ts";

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
  const typed = typedIn(visit, post);
  const postId = post?.id ?? "";
  switch (fields.text("do")) {
    case "post":
      return publishOrChange(desk, typed);
    case "save":
      await acting.transact((tx) => saveDraft(tx, postId, { ...typed, savedAt: visit.now }));
      if (inBackground(visit.req)) return void visit.res.status(204).end();
      return visit.go(pathOf(post), t.blog.saved);
    case "discard":
      await acting.transact((tx) => dropDraft(tx, postId));
      return visit.go(pathOf(post), t.blog.discarded);
    case "preview":
      return preview(desk, typed);
    default: {
      const going = post === null ? await recipients(acting, { ...typed, text: "" }) : null;
      return show(desk, { ...typed, going }, {});
    }
  }
}

async function preview(desk: Desk, typed: TypedArticleForm): Promise<void> {
  const { acting, t, now } = desk.visit;
  try {
    const words = await articleWords(acting.read, typed);
    await acting.transact((tx) => saveDraft(tx, desk.post?.id ?? "", { ...typed, savedAt: now }));
    await show(desk, { ...typed, savedAt: now }, { words });
  } catch (error) {
    await show(desk, { ...typed, wrong: wordsOf(t, error) }, { status: 422 });
  }
}

async function publishOrChange(desk: Desk, typed: TypedArticleForm): Promise<void> {
  const { visit, post } = desk;
  const { acting, fields, now, t } = visit;
  if (post === null && isWider(typed.reach, fields.text("said"))) {
    return show(desk, { ...typed, wrong: t.compose.wider }, { status: 422 });
  }
  let missing: string[] = [];
  try {
    missing = await knowMentioned(acting, typed.text);
    await acting.transact(async (tx) => {
      if (post === null) {
        const { id, title, text, warning, language, reach, quotable } = typed;
        const to = reach === "chosen" ? typed.to : [];
        const draft = { id, title, text, warning, language, reach, to, quotable };
        await publish(tx, acting.me, draft, now, acting.random);
        await rememberLanguage(tx, language);
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
  const { acting, lang } = visit;
  const draft = await readDraft(acting.read, post?.id ?? "");
  const rest = { wrong: null, going: null };
  if (draft !== null) return { ...draft, ...rest };
  const quotable = quotableOf(post?.quotable ?? "", "everyone");
  const blank = { id: randomId(acting.random), to: [], savedAt: 0, quotable };
  if (post === null) {
    const language = await lastLanguage(acting.read, lang);
    return { ...blank, ...rest, title: "", text: "", warning: "", language, reach: "everyone" };
  }
  const { title, source: text, warning, language, reach } = post;
  return { ...blank, ...rest, title, text, warning, language, reach };
}

function typedIn({ fields, acting }: Visit, post: PostView | null): TypedArticleForm {
  const [id, reach, quotable] = [fields.text("id"), fields.text("reach"), fields.text("quotable")];
  return {
    id: /^[0-9a-f]{32}$/.test(id) ? id : randomId(acting.random),
    title: fields.text("title"),
    text: fields.text("text"),
    warning: fields.text("warning"),
    language: languageOf(fields.text("language")),
    reach: post?.reach ?? (isReach(reach) ? reach : "me"),
    to: fields.all("to").filter((one) => /^[0-9a-f]{32}$/.test(one)),
    quotable: isQuotable(quotable) ? quotable : "everyone",
    wrong: null,
    going: null,
    savedAt: 0,
  };
}

async function show({ kit, visit, post }: Desk, typed: TypedArticleForm, shown: Shown): Promise<void> {
  const { acting, t, token } = visit;
  const audience = post === null ? await choices(acting) : null;
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
        <ArticleForm t={t} token={token} action={pathOf(post)} typed={typed} audience={audience} />
      </>
    ),
  });
}
