import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { textOf } from "../../../social/html.ts";
import { block } from "../../../social/people/block.ts";
import { personById } from "../../../social/people/find.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { postBySortKey } from "../../../social/posts/find.ts";
import { postsOf } from "../../../social/posts/timelines.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { LONGEST_REPORT, MOST_REPORTED, sendReport } from "../../../social/reports/send-report.ts";
import { theOwner } from "../../../social/viewer.ts";
import { shortAddress } from "../../html/face.tsx";
import { firstWords } from "../../html/first-words.ts";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { Note } from "../../html/note.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";

const EXCERPT = 120;

type Typed = { words: string; posts: string[]; alsoBlock: boolean; wrong?: string };

/**
 * Reporting somebody. Here nobody stands above people: the report goes to the person's own device, so that blocking
 * alone is what is proposed, and what sending means is said before.
 */
export function reportRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/people/:id/report", async (visit) => {
    const posts = visit.fields.text("post") === "" ? [] : [visit.fields.text("post")];
    await show(visit, await personOf(visit), { words: "", posts, alsoBlock: true });
  });
  kit.post(router, "/people/:id/report", report);
  return router;
}

async function personOf({ acting, part }: Visit): Promise<PersonView> {
  const person = await personById(acting.read, part("id"));
  if (person === null || person.isOwner || person.gone) {
    throw new NodeError("person-not-found", "nobody to report");
  }
  return person;
}

async function report(visit: Visit): Promise<void> {
  const { acting, fields, now, t } = visit;
  const person = await personOf(visit);
  const typed: Typed = {
    words: fields.text("text"),
    posts: fields.all("post"),
    alsoBlock: fields.has("block"),
  };
  if (fields.text("doing") !== "send") {
    await acting.transact((tx) => block(tx, person.id, now));
    return visit.go(`/people/${person.id}`, t.report.blocked);
  }
  const postUris = (await namedPosts(visit, person, typed.posts)).map(({ uri }) => uri);
  const draft = { personId: person.id, postUris, words: typed.words };
  try {
    await acting.transact(async (tx) => {
      await sendReport(tx, acting.me, draft, now, acting.random);
      if (typed.alsoBlock) await block(tx, person.id, now);
    });
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    return show(visit, person, { ...typed, wrong: sentence(t, known) });
  }
  visit.go(`/people/${person.id}`, t.report.sent);
}

/** Of these posts, those by the person. */
async function namedPosts({ acting }: Visit, person: PersonView, sortKeys: string[]): Promise<PostView[]> {
  const wanted = [...new Set(sortKeys)].slice(0, MOST_REPORTED);
  const found = await Promise.all(wanted.map((key) => postBySortKey(acting.read, acting.me, key)));
  return found.flatMap((post) => (post?.author.id === person.id ? [post] : []));
}

/** The post the owner came from, however old, then the latest. */
async function postsToChoose(visit: Visit, person: PersonView, chosen: string[]): Promise<PostView[]> {
  const { read, me } = visit.acting;
  const named = await namedPosts(visit, person, chosen);
  const recent = (await postsOf(read, me, person.id, theOwner, { limit: MOST_REPORTED })).items;
  return [...new Map([...named, ...recent].map((post) => [post.id, post])).values()].slice(0, MOST_REPORTED);
}

async function show(visit: Visit, person: PersonView, typed: Typed): Promise<void> {
  const { t, token } = visit;
  const r = t.report;
  const posts = await postsToChoose(visit, person, typed.posts);
  await visit.show({
    title: r.title,
    current: "people",
    status: typed.wrong === undefined ? 200 : 422,
    main: (
      <>
        <div class="page-head">
          <h1>
            <Isolated words={r.heading(isolate(person.name))} />
          </h1>
        </div>
        <Note tone="warn" icon="warn">
          <p>
            <Isolated words={r.warning(isolate(person.name))} />
          </p>
        </Note>
        <section class="card stack" aria-labelledby="block-h">
          <h2 id="block-h">{r.block}</h2>
          <p>{r.blockHint}</p>
          <Form action={`/people/${person.id}/report`} token={token} class="row end">
            <a class="btn" href={`/people/${person.id}`}>
              {t.back}
            </a>
            <button class="btn main-do" type="submit" name="doing" value="block">
              <Icon name="stop" />
              <span>
                <Isolated words={r.blockGo(isolate(person.name))} />
              </span>
            </button>
          </Form>
        </section>
        <section class="card stack" aria-labelledby="send-h">
          <h2 id="send-h">{r.send}</h2>
          <p>{r.sendHint(`@${shortAddress(person.address)}`)}</p>
          <Form action={`/people/${person.id}/report`} token={token} class="stack loose">
            <Field id="text" label={r.words} hint={r.wordsHint} wrong={typed.wrong}>
              {(describedBy) => (
                <textarea
                  id="text"
                  name="text"
                  rows={4}
                  maxlength={LONGEST_REPORT}
                  dir="auto"
                  aria-describedby={describedBy}
                >
                  {typed.words}
                </textarea>
              )}
            </Field>
            <ChoosePosts t={t} posts={posts} chosen={typed.posts} />
            <label class="row">
              <input type="checkbox" name="block" value="yes" checked={typed.alsoBlock} />
              <span>{r.both}</span>
            </label>
            <div class="row end">
              <button class="btn" type="submit" name="doing" value="send">
                <Icon name="send" />
                <span>
                  <Isolated words={r.sendGo(isolate(person.name))} />
                </span>
              </button>
            </div>
          </Form>
        </section>
      </>
    ),
  });
}

type PostsProps = { t: Visit["t"]; posts: PostView[]; chosen: string[] };

function ChoosePosts({ t, posts, chosen }: PostsProps) {
  if (posts.length === 0) return <p class="muted">{t.report.noPosts}</p>;
  return (
    <fieldset>
      <legend>{t.report.posts}</legend>
      {posts.map((post) => (
        <label class="choice">
          <input type="checkbox" name="post" value={post.sortKey} checked={chosen.includes(post.sortKey)} />
          <span dir="auto">{firstWords(textOf(post.html), EXCERPT) || post.title || t.post.title}</span>
        </label>
      ))}
    </fieldset>
  );
}
