import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { type Choice, forNobodyElse, written } from "../../../social/audiences/choice.ts";
import { peopleByIds } from "../../../social/people/queries.ts";
import { answerableOf, changeAnswerable } from "../../../social/posts/change-answerable.ts";
import { type AudienceChange, changeAudience, planChange } from "../../../social/posts/change-audience.ts";
import { isOpen } from "../../../social/posts/reach.ts";
import type { PostView } from "../../../social/posts/view.ts";
import {
  ANSWER,
  AnswersChoice,
  answerableIn,
  answersOf,
  type TypedAnswers,
} from "../../html/answers-field.tsx";
import type { Picked } from "../../html/audience-picker.tsx";
import { nothingSought } from "../../html/choice-fields.tsx";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { seenWords } from "../../html/reach.tsx";
import { type PlanWords, SeenForm } from "../../html/seen-form.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { postOf } from "./post.tsx";
import { asMeant, readAnswers, readChoice } from "./read-choice.ts";
import { choices, chosenIds, reckoned } from "./recipients.ts";
import { withSought } from "./sought.ts";

/** By name; the others are counted. */
const NAMED = 8;

/** Who sees an own post and who may answer it, changed afterwards: what each change does is said before it is done. */
export function seenRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/posts/:sortKey/audience", async (visit) => {
    const post = await ownPostOf(visit);
    await show(visit, post, await asItIs(visit, post), 200);
  });
  kit.post(router, "/posts/:sortKey/audience", async (visit) => act(visit, await ownPostOf(visit)));
  return router;
}

async function ownPostOf(visit: Visit): Promise<PostView> {
  const post = await postOf(visit);
  if (!post.own) throw new NodeError("not-allowed", "another's post");
  return post;
}

const pathOf = (post: PostView) => `/posts/${post.sortKey}/audience`;

type Typed = { picked: Picked; answers: TypedAnswers; plan: AudienceChange | null };

async function asItIs({ acting }: Visit, post: PostView): Promise<Typed> {
  const { reach, audiences, without } = post;
  const mentioned = new Set(post.mentions.map(({ id }) => id));
  const people = post.to.map(({ id }) => id).filter((id) => !mentioned.has(id));
  const choice: Choice = { reach, people, audiences, without };
  const counted = await reckoned(acting, choice, post.source);
  const picked = { choice, add: nothingSought, no: nothingSought, ...counted, wrong: null, open: true };
  return { picked, answers: answersOf(await answerableOf(acting.read, post.id)), plan: null };
}

async function act(visit: Visit, post: PostView): Promise<void> {
  const { acting, fields, t } = visit;
  const pressed = fields.text("do");
  if (pressed === "close") {
    await acting.transact((tx) => changeAnswerable(tx, acting.me, post.id, forNobodyElse, visit.now));
    return visit.go(pathOf(post), t.seen.closed);
  }
  if (fields.has("answers")) return answer(visit, post);
  return change(visit, post);
}

async function answer(visit: Visit, post: PostView): Promise<void> {
  const { acting, fields, t } = visit;
  const typed = readAnswers(fields);
  const { picked, sought } = await withSought(acting, fields, typed.chosen, ANSWER);
  if (sought || fields.text("do") !== "answers") {
    return show(visit, post, { ...(await asItIs(visit, post)), answers: { ...typed, chosen: picked } }, 200);
  }
  await acting.transact((tx) => changeAnswerable(tx, acting.me, post.id, answerableIn(typed), visit.now));
  visit.go(pathOf(post), t.saved);
}

async function change(visit: Visit, post: PostView): Promise<void> {
  const { acting, fields, now, t } = visit;
  const before = await asItIs(visit, post);
  const read = readChoice(fields);
  if (read === null) throw new NodeError("bad-request", "no choice of ours");
  const bare = { choice: read, add: nothingSought, no: nothingSought };
  const { picked, sought } = await withSought(acting, fields, bare);
  const counted = await reckoned(acting, picked.choice, post.source);
  const typed = { ...before, picked: { ...picked, ...counted, wrong: null, open: true } };
  const choice = asMeant(picked.choice);
  const pressed = fields.text("do");
  if (pressed !== "look" && pressed !== "change") return show(visit, post, typed, 200);
  try {
    // What is done is what was looked at.
    if (pressed === "change" && !sought && fields.text("looked") === written(choice)) {
      const ask = fields.text("ask") === "yes";
      await acting.transact((tx) => changeAudience(tx, acting.me, post.id, choice, now, { ask }));
      return visit.go(`/posts/${post.sortKey}`, t.seen.changed);
    }
    const plan = await acting.transact((tx) => planChange(tx, acting.me, post.id, choice));
    await show(visit, post, { ...typed, plan }, 200);
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    await show(visit, post, { ...typed, picked: { ...typed.picked, wrong: sentence(t, known) } }, 422);
  }
}

async function planWords(
  { acting, t }: Visit,
  post: PostView,
  { picked, plan }: Typed,
): Promise<PlanWords | null> {
  if (plan === null) return null;
  const named = async (ids: string[]) => {
    const people = await peopleByIds(acting.read, acting.me.ownerId, ids.slice(0, NAMED));
    const names = [...people.values()].map(({ name }) => isolate(name));
    const rest = ids.length - names.length;
    return new Intl.ListFormat(t.locale).format(rest > 0 ? [...names, t.seen.others(rest)] : names);
  };
  const { gets, keeps, misses } = plan;
  return {
    gets: gets.length === 0 ? null : t.seen.gets(await named(gets)),
    keeps: keeps.length === 0 ? null : t.seen.keeps(await named(keeps), keeps.length),
    misses: misses.length === 0 ? null : t.seen.misses(await named(misses)),
    open: isOpen(picked.choice.reach),
    answered: post.replies > 0,
    looked: written(asMeant(picked.choice)),
  };
}

async function show(visit: Visit, post: PostView, typed: Typed, status: number): Promise<void> {
  const { acting, t, token } = visit;
  const s = t.seen;
  const { picked, answers } = typed;
  const around = await choices(acting, chosenIds(picked.choice, answers.chosen.choice));
  const fixed = isOpen(post.reach) ? s.open : post.replyToId === "" ? null : s.answer;
  await visit.show({
    title: t.post.title,
    status,
    main: (
      <>
        <div class="page-head">
          <a class="btn bare" href={`/posts/${post.sortKey}`}>
            <Icon name="back" turn />
            {t.back}
          </a>
          <h1>{s.heading}</h1>
        </div>
        <section class="card stack">
          <h2>{t.compose.who}</h2>
          <p>
            {s.now}:{" "}
            <b>
              <Isolated words={seenWords(t, post)} />
            </b>
          </p>
          {fixed === null ? (
            <SeenForm
              {...{ t, token, picked, around }}
              action={pathOf(post)}
              plan={await planWords(visit, post, typed)}
            />
          ) : (
            <>
              <p>{fixed}</p>
              <p>
                <a class="btn risk" href={`/posts/${post.sortKey}/delete`}>
                  <Icon name="bin" />
                  {t.post.delete}
                </a>
              </p>
            </>
          )}
        </section>
        <Form action={pathOf(post)} token={token} class="card stack tight" label={t.answers.who}>
          <h2>{t.answers.who}</h2>
          <AnswersChoice t={t} typed={answers} around={around} />
          <div class="row end">
            {answers.who === "nobody" ? null : (
              <button class="btn" type="submit" name="do" value="close">
                {s.close}
              </button>
            )}
            <button class="btn main-do" type="submit" name="do" value="answers">
              {s.answersGo}
            </button>
          </div>
        </Form>
      </>
    ),
  });
}
