import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { randomId } from "../../../lib/ids.ts";
import { retry } from "../../../social/deliveries/retry.ts";
import { cleanLine } from "../../../social/html.ts";
import { personById } from "../../../social/people/find.ts";
import { postBySortKey } from "../../../social/posts/find.ts";
import { lastLanguage } from "../../../social/posts/last-language.ts";
import { LONGEST_WARNING } from "../../../social/posts/limits.ts";
import { publish } from "../../../social/posts/publish.ts";
import { type Thread, thread } from "../../../social/posts/thread.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { answerGoes } from "../../../social/threads/answer-goes.ts";
import { gapOf } from "../../../social/threads/gap.ts";
import { theOwner } from "../../../social/viewer.ts";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Post } from "../../html/post.tsx";
import { ReplyForm, type TypedReply } from "../../html/reply-form.tsx";
import { ThreadGap } from "../../html/thread-gap.tsx";
import { knowMentioned, notFoundWords } from "../../know-mentioned.ts";
import type { Messages } from "../../messages/en.ts";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { insideLink } from "./inside-link.ts";
import { changesFiles, typedFiles } from "./typed-files.ts";

/** A post with what it answers and what answers it. */
export function postRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/posts/:sortKey", async (visit) => {
    const id = randomId(visit.acting.random);
    await show(
      kit,
      visit,
      await postOf(visit),
      { id, text: "", wrong: null, files: [], fileTrouble: null },
      200,
    );
  });
  kit.post(router, "/posts/:sortKey/reply", async (visit) => {
    const { acting, fields, now } = visit;
    const answered = await postOf(visit);
    const files = await typedFiles(visit);
    const typed = { id: fields.text("id"), text: fields.text("text"), wrong: null, ...files };
    if (changesFiles(fields))
      return show(kit, visit, answered, typed, typed.fileTrouble === null ? 200 : 422);
    // Narrowed to what it answers, and in the owner's thread to what that began with.
    const reach = "everyone" as const;
    let missing: string[] = [];
    try {
      missing = await knowMentioned(acting, typed.text);
      const language = await lastLanguage(acting.read, visit.lang);
      // What is hidden behind a warning is answered behind it.
      const warning = cleanLine(answered.warning, LONGEST_WARNING);
      const { id, text, files } = typed;
      const draft = { id, text, reach, replyToId: answered.id, language, warning, files };
      await acting.transact((tx) => publish(tx, acting.me, draft, now, acting.random));
    } catch (error) {
      const known = asNodeError(error);
      if (known.code === "internal") throw error;
      return show(kit, visit, answered, { ...typed, wrong: sentence(visit.t, known) }, 422);
    }
    visit.go(`/posts/${answered.sortKey}`, notFoundWords(visit.t, missing));
  });
  kit.post(router, "/posts/:sortKey/fetch", async (visit) => {
    const { acting, t } = visit;
    const { before, post } = await threadOf(visit, await postOf(visit));
    const [top = post] = before;
    const found = top.replyToUri === "" ? null : await acting.lookUpPost(top.replyToUri);
    visit.go(`/posts/${post.sortKey}`, found === null ? t.post.missingPost : undefined);
  });
  kit.post(router, "/posts/:sortKey/look", async (visit) => {
    const post = await postOf(visit);
    await visit.acting.lookForAnswers(post.id);
    visit.go(`/posts/${post.sortKey}`);
  });
  kit.post(router, "/posts/:sortKey/retry", async (visit) => {
    const post = await postOf(visit);
    const tried = await visit.acting.transact((tx) => retry(tx, visit.acting.me, post.id, visit.now));
    visit.go(`/posts/${post.sortKey}`, tried === 0 ? visit.t.post.nobodyToTry : undefined);
  });
  kit.post(router, "/posts/:sortKey/try", async (visit) => {
    visit.acting.tryNow();
    visit.go(`/posts/${visit.part("sortKey")}`);
  });
  return router;
}

/** Throws "post-not-found": deleted, or never here. */
export async function postOf({ acting, part }: Visit): Promise<PostView> {
  const post = await postBySortKey(acting.read, acting.me, part("sortKey"));
  if (post === null) throw new NodeError("post-not-found", "no post of that key");
  return post.boostOf ?? post;
}

/** `from`: where a page of answers begins. */
async function threadOf({ acting }: Visit, post: PostView, from = ""): Promise<Thread> {
  const found = await thread(acting.read, acting.me, post.id, theOwner, { from });
  if (found === null) throw new NodeError("post-not-found", "gone meanwhile");
  return found;
}

async function show(
  kit: Kit,
  visit: Visit,
  opened: PostView,
  typed: TypedReply,
  status: number,
): Promise<void> {
  const { acting, t, token, now } = visit;
  const from = visit.req.method === "GET" ? visit.fields.text("after") : "";
  const found = await threadOf(visit, opened, from);
  const { before, post, missing } = found;
  const path = `/posts/${post.sortKey}`;
  const goes = await answerGoes(acting.read, acting.me, post);
  const gap = await gapOf(acting.read, post.id);
  const owner = await personById(acting.read, acting.me.ownerId);
  const outward = (html: string) => kit.outward(html, insideLink);
  const common = { t, now, token, outward };
  await visit.show({
    title: t.post.title,
    status,
    main: (
      <>
        <div class="page-head">
          <a class="btn bare" href="/">
            <Icon name="back" turn />
            {t.back}
          </a>
          <h1>{t.post.thread}</h1>
        </div>
        <div class="thread" data-region="thread" data-when="posts deliveries">
          {missing > 0 ? (
            <Form action={`${path}/fetch`} token={token} class="gap">
              <span class="grow">{t.post.missing(missing)}</span>
              <button class="btn" type="submit">
                <Icon name="down" />
                {t.post.fetch}
              </button>
            </Form>
          ) : null}
          {found.earlier && from === "" ? (
            <a class="gap" href={`/posts/${before[0]?.sortKey}`}>
              <Icon name="back" turn />
              {t.thread.earlier}
            </a>
          ) : null}
          {(from === "" ? before : []).map((one) => (
            <Post {...common} post={one} place="above" />
          ))}
          <Post {...common} post={post} place="focus" />
          <ThreadGap {...{ t, now, token, path, gap }} />
          {found.after.map((one) => (
            <>
              <Post {...common} post={one} place="answer" />
              {found.deeper.has(one.id) ? (
                <a class="gap" href={`/posts/${one.sortKey}`}>
                  {t.thread.deeper}
                  <Icon name="next" turn />
                </a>
              ) : null}
            </>
          ))}
        </div>
        <AnswersPager {...{ t, path, from }} more={found.more} />
        {owner === null || post.author.gone ? null : post.takesAnswer ? (
          <ReplyForm {...{ t, token, owner, goes, typed }} to={post} />
        ) : (
          <p class="small muted">{t.post.takesNone(post.author.name)}</p>
        )}
      </>
    ),
  });
}

type AnswersPagerProps = { t: Messages; path: string; from: string; more: string | null };

/** A long thread goes on, in the same order, on the next page. */
function AnswersPager({ t, path, from, more }: AnswersPagerProps) {
  if (from === "" && more === null) return null;
  return (
    <nav class="pager" aria-label={t.pages}>
      {from === "" ? (
        <span />
      ) : (
        <a class="btn" href={path}>
          <Icon name="back" turn />
          {t.thread.first}
        </a>
      )}
      {more === null ? null : (
        <a class="btn" href={`${path}?after=${more}`}>
          {t.thread.more}
          <Icon name="next" turn />
        </a>
      )}
    </nav>
  );
}
