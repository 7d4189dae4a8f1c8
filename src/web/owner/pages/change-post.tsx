import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { edit } from "../../../social/posts/edit.ts";
import { LONGEST_POST } from "../../../social/posts/limits.ts";
import { languageOf } from "../../../social/posts/publish.ts";
import { isOpen } from "../../../social/posts/reach.ts";
import { remove } from "../../../social/posts/remove.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { changeQuotable } from "../../../social/quotes/change-quotable.ts";
import { isQuotable, type Quotable, quotableOf } from "../../../social/quotes/quotable.ts";
import { WarningField, Wrong } from "../../html/compose.tsx";
import { ComposeFiles, type TypedFiles } from "../../html/compose-files.tsx";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { LanguageField } from "../../html/language-field.tsx";
import { nearestHours, noPoll, PollField, type TypedPoll } from "../../html/poll-field.tsx";
import { Prose } from "../../html/prose.tsx";
import { QuotableField } from "../../html/quotable-field.tsx";
import { knowMentioned, notFoundWords } from "../../know-mentioned.ts";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { insideLink } from "./inside-link.ts";
import { pollDraft, typedPoll } from "./polls.tsx";
import { postOf } from "./post.tsx";
import { changesFiles, typedFiles } from "./typed-files.ts";

/** Changing and deleting an own post: each asked for on a page that says what it does. */
export function changePostRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/posts/:sortKey/delete", async (visit) => showDelete(kit, visit, await ownPostOf(visit)));
  kit.post(router, "/posts/:sortKey/delete", async (visit) => {
    const { acting, now, t } = visit;
    const post = await ownPostOf(visit);
    await acting.transact((tx) => remove(tx, acting.me, post.id, now));
    visit.go("/", t.post.gone);
  });
  kit.get(router, "/posts/:sortKey/edit", async (visit) => {
    const { now } = visit;
    const post = await ownPostOf(visit);
    if (post.kind === "article") return visit.go(`/write/${post.sortKey}`);
    await showEdit(visit, post, asItIs(post, now), 200);
  });
  kit.post(router, "/posts/:sortKey/edit", async (visit) => {
    const { acting, fields, now, t } = visit;
    const post = await ownPostOf(visit);
    const chosen = fields.text("quotable");
    const typed = {
      text: fields.text("text"),
      warning: fields.text("warning"),
      language: languageOf(fields.text("language")),
      quotable: isQuotable(chosen) ? chosen : quotableOf(post.quotable, post.reach),
      poll: typedPoll(fields),
      wrong: null,
      ...(await typedFiles(visit)),
    };
    if (changesFiles(fields)) return showEdit(visit, post, typed, typed.fileTrouble === null ? 200 : 422);
    const poll = post.poll === null ? null : pollDraft(typed.poll);
    const extra = { language: typed.language, files: typed.files, ...(poll === null ? {} : { poll }) };
    let missing: string[] = [];
    try {
      missing = await knowMentioned(acting, typed.text);
      await acting.transact(async (tx) => {
        await edit(tx, acting.me, post.id, typed.text, typed.warning, now, extra);
        await changeQuotable(tx, acting.me, post.id, typed.quotable, now);
      });
    } catch (error) {
      const known = asNodeError(error);
      if (known.code === "internal") throw error;
      return showEdit(visit, post, { ...typed, wrong: sentence(t, known) }, 422);
    }
    visit.go(`/posts/${post.sortKey}`, notFoundWords(t, missing) ?? t.saved);
  });
  return router;
}

async function ownPostOf(visit: Visit): Promise<PostView> {
  const post = await postOf(visit);
  if (!post.own) throw new NodeError("not-allowed", "another's post");
  return post;
}

function Head({ t, post, heading }: Pick<Visit, "t"> & { post: PostView; heading: string }) {
  return (
    <div class="page-head">
      <a class="btn bare" href={`/posts/${post.sortKey}`}>
        <Icon name="back" turn />
        {t.back}
      </a>
      <h1>{heading}</h1>
    </div>
  );
}

async function showDelete(kit: Kit, { t, token, show }: Visit, post: PostView): Promise<void> {
  await show({
    title: t.post.deleteTitle,
    main: (
      <>
        <Head t={t} post={post} heading={t.post.deleteHeading} />
        <section class="card roomy stack">
          <Prose html={kit.outward(post.html, insideLink)} class="hello prose" />
          <p>{t.post.deleteText}</p>
          <Form action={`/posts/${post.sortKey}/delete`} token={token} class="row">
            <button class="btn risk" type="submit">
              <Icon name="bin" />
              {t.post.deleteGo}
            </button>
            <a class="btn" href={`/posts/${post.sortKey}`}>
              {t.cancel}
            </a>
          </Form>
        </section>
      </>
    ),
  });
}

type TypedEdit = {
  text: string;
  warning: string;
  language: string;
  quotable: Quotable;
  poll: TypedPoll;
  wrong: string | null;
} & TypedFiles;

function asItIs(post: PostView, now: number): TypedEdit {
  const { source: text, warning, language, poll } = post;
  const hours = poll === null ? noPoll.hours : nearestHours(poll.endsAt - now);
  const options = poll?.options.map(({ title }) => title) ?? [];
  return {
    text,
    warning,
    language,
    quotable: quotableOf(post.quotable, post.reach),
    poll: { options, multiple: poll?.multiple ?? false, hours },
    wrong: null,
    ...carried(post),
  };
}

/** The files it has, each with the words that stand for it. */
function carried({ files }: PostView): TypedFiles {
  const draft = files.map(({ mediaId, alt, kind, name, bytes }) => ({ mediaId, alt, kind, name, bytes }));
  return { files: draft, fileTrouble: null };
}

async function showEdit(
  { t, token, show }: Visit,
  post: PostView,
  typed: TypedEdit,
  status: number,
): Promise<void> {
  await show({
    title: t.post.edit,
    status,
    main: (
      <>
        <Head t={t} post={post} heading={t.post.editHeading} />
        <Form
          action={`/posts/${post.sortKey}/edit`}
          token={token}
          class="card compose stack tight"
          label={t.post.editHeading}
          files
        >
          <label class="vh" for="say">
            {t.compose.label}
          </label>
          <textarea id="say" name="text" rows={6} maxlength={LONGEST_POST * 2} dir="auto">
            {typed.text}
          </textarea>
          <Wrong wrong={typed.wrong} />
          <div class="tools">
            {post.poll === null ? null : <PollField t={t} poll={typed.poll} resets />}
            <WarningField t={t} warning={typed.warning} />
            {isOpen(post.reach) ? <QuotableField t={t} quotable={typed.quotable} /> : null}
            <LanguageField t={t} id="language" language={typed.language} />
            <ComposeFiles t={t} typed={typed} />
          </div>
          <div class="row end">
            <a class="btn" href={`/posts/${post.sortKey}`}>
              {t.cancel}
            </a>
            <button class="btn main-do" type="submit">
              {t.post.editGo}
            </button>
          </div>
        </Form>
      </>
    ),
  });
}
