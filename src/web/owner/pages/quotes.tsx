import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { forEveryone } from "../../../social/audiences/choice.ts";
import { personById } from "../../../social/people/find.ts";
import { publish } from "../../../social/posts/publish.ts";
import { isOpen } from "../../../social/posts/reach.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { allowQuote, declineQuote, revokeQuote } from "../../../social/quotes/answer.ts";
import { changeQuotable } from "../../../social/quotes/change-quotable.ts";
import { type QuoteOfOwn, quotesOfOwn } from "../../../social/quotes/list.ts";
import { isQuotable, quotableOf } from "../../../social/quotes/quotable.ts";
import { nobodyYet } from "../../html/audience-picker.tsx";
import { Compose, type Typed } from "../../html/compose.tsx";
import { Face } from "../../html/face.tsx";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { MEDIA } from "../../html/post.tsx";
import { QuotableField } from "../../html/quotable-field.tsx";
import { QuoteCard } from "../../html/quote-card.tsx";
import { Moment } from "../../html/time.tsx";
import { knowMentioned, notFoundWords } from "../../know-mentioned.ts";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { insideLink } from "./inside-link.ts";
import { postOf } from "./post.tsx";
import { changesFiles } from "./typed-files.ts";
import { aroundOf, blankPost, draftIn, heldBack, isPosting, keepChoice, typedPost } from "./typed-post.ts";

/** Quoting a post, and who quotes an own one. */
export function quoteRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/posts/:sortKey/quote", async (visit) => {
    const blank = await blankPost(visit);
    const typed = { ...blank, choice: forEveryone, ...nobodyYet, language: "" };
    await showForm(kit, visit, await quotedOf(visit), typed, 200);
  });
  kit.post(router, "/posts/:sortKey/quote", (visit) => quote(kit, visit));
  kit.get(router, "/posts/:sortKey/quotes", async (visit) => showList(visit, await ownPostOf(visit)));
  kit.post(router, "/posts/:sortKey/quotes", async (visit) => answer(visit, await ownPostOf(visit)));
  return router;
}

/** Throws "quote-not-allowed" for what is not for everyone. */
async function quotedOf(visit: Visit): Promise<PostView> {
  const post = await postOf(visit);
  if (!isOpen(post.reach)) {
    throw new NodeError("quote-not-allowed", "not for everyone");
  }
  return post;
}

async function ownPostOf(visit: Visit): Promise<PostView> {
  const post = await postOf(visit);
  if (!post.own) throw new NodeError("not-allowed", "another's post");
  return post;
}

async function quote(kit: Kit, visit: Visit): Promise<void> {
  const { acting, fields, now, t } = visit;
  const quoted = await quotedOf(visit);
  const { typed, sought } = await typedPost(visit);
  if (changesFiles(fields))
    return showForm(kit, visit, quoted, typed, typed.fileTrouble === null ? 200 : 422);
  if (!isPosting(fields.text("do"))) return showForm(kit, visit, quoted, typed, 200);
  const held = await heldBack(visit, typed, sought);
  if (held !== null) return showForm(kit, visit, quoted, { ...typed, ...held }, 422);
  let missing: string[] = [];
  try {
    missing = await knowMentioned(acting, typed.text);
    const draft = { ...draftIn(typed), quoteOfId: quoted.id };
    await acting.transact(async (tx) => {
      await publish(tx, acting.me, draft, now, acting.random);
      await keepChoice(tx, "note", typed);
    });
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    return showForm(kit, visit, quoted, { ...typed, wrong: sentence(t, known) }, 422);
  }
  visit.go("/", notFoundWords(t, missing));
}

async function showForm(
  kit: Kit,
  visit: Visit,
  quoted: PostView,
  typed: Typed,
  status: number,
): Promise<void> {
  const { acting, t, token, now } = visit;
  const owner = await personById(acting.read, acting.me.ownerId);
  if (owner === null) throw new NodeError("not-set-up", "the owner has no row");
  const around = await aroundOf(visit, typed);
  const offline = kit.ports.network().at === "failed";
  const { author, own, quotable, sortKey } = quoted;
  const words = own
    ? t.quotes.needsNoLeave
    : quotable === "nobody"
      ? t.quotes.mayNot(author.name)
      : t.quotes.asks(author.name);
  await visit.show({
    title: t.quotes.title,
    status,
    main: (
      <>
        <Head t={t} sortKey={sortKey} heading={t.quotes.heading} />
        {!own && quotable === "nobody" ? null : (
          <Compose
            {...{ t, token, owner, typed, around, offline }}
            action={`/posts/${sortKey}/quote`}
            label={t.quotes.form}
          />
        )}
        <p class="small muted">{words}</p>
        <QuoteCard
          t={t}
          now={now}
          quoted={quoted}
          outward={(html) => kit.outward(html, insideLink)}
          pathOf={({ sortKey: key }) => `/posts/${key}`}
        />
      </>
    ),
  });
}

function Head({ t, sortKey, heading }: Pick<Visit, "t"> & { sortKey: string; heading: string }) {
  return (
    <div class="page-head">
      <a class="btn bare" href={`/posts/${sortKey}`}>
        <Icon name="back" turn />
        {t.back}
      </a>
      <h1>{heading}</h1>
    </div>
  );
}

/** What the buttons of the list do. */
async function answer(visit: Visit, post: PostView): Promise<void> {
  const { acting, fields, now, t } = visit;
  const [id, quotable] = [fields.text("quote"), fields.text("quotable")];
  const path = `/posts/${post.sortKey}/quotes`;
  const { me, transact } = acting;
  switch (fields.text("do")) {
    case "allow":
      await transact((tx) => allowQuote(tx, me, id, now));
      return visit.go(path, t.quotes.allowed);
    case "decline":
      await transact((tx) => declineQuote(tx, id, now));
      return visit.go(path, t.quotes.declined);
    case "revoke":
      await transact((tx) => revokeQuote(tx, id, now));
      return visit.go(path, t.quotes.revoked);
    case "quotable":
      if (!isQuotable(quotable)) throw new NodeError("bad-request", "no choice of ours");
      await transact((tx) => changeQuotable(tx, me, post.id, quotable, now));
      return visit.go(path, t.quotes.policySaved);
    default:
      throw new NodeError("bad-request", "no such act");
  }
}

async function showList(visit: Visit, post: PostView): Promise<void> {
  const { acting, t, token, now, fields } = visit;
  const page = /^\d{1,3}$/.test(fields.text("page")) ? Number(fields.text("page")) : 0;
  const { items, more } = await quotesOfOwn(acting.read, acting.me, post.id, page);
  const path = `/posts/${post.sortKey}/quotes`;
  await visit.show({
    title: t.quotes.listTitle,
    main: (
      <>
        <Head t={t} sortKey={post.sortKey} heading={t.quotes.list} />
        <section class="card" aria-label={t.quotes.list}>
          {items.length > 0 ? null : <p class="muted">{t.quotes.none}</p>}
          <ul class="list">
            {items.map((quoting) => (
              <Row t={t} token={token} now={now} path={path} quoting={quoting} />
            ))}
          </ul>
          {more ? (
            <p>
              <a class="btn" href={`${path}?page=${page + 1}`}>
                {t.quotes.next}
              </a>
            </p>
          ) : null}
        </section>
        {isOpen(post.reach) ? (
          <Form action={path} token={token} class="card stack tight" label={t.quotes.who}>
            <QuotableField t={t} quotable={quotableOf(post.quotable, post.reach)} />
            <button class="btn" type="submit" name="do" value="quotable">
              {t.quotes.policyGo}
            </button>
          </Form>
        ) : null}
      </>
    ),
  });
}

type RowProps = Pick<Visit, "t" | "token" | "now"> & { path: string; quoting: QuoteOfOwn };

function Row({ t, token, now, path, quoting }: RowProps) {
  const { id, person, post, state, at } = quoting;
  const words = state === "asked" ? t.quotes.asksYou : t.quotes.quotesYou;
  return (
    <li class="who-line start">
      <Face person={person} media={MEDIA} size="s" />
      <div class="grow stack tight">
        <p>
          <a class="name" href={`/people/${person.id}`}>
            <bdi>{person.name}</bdi>
          </a>{" "}
          {post === null ? words : <a href={`/posts/${post.sortKey}`}>{words}</a>}
        </p>
        <p class="small muted">
          <Moment t={t} at={at} now={now} />
        </p>
        <Form action={path} token={token} class="row" label={person.name}>
          <input type="hidden" name="quote" value={id} />
          {state === "granted" ? (
            <>
              <button class="btn risk" type="submit" name="do" value="revoke">
                {t.quotes.revoke}
              </button>
              <span class="small muted">{t.quotes.revokeHint}</span>
            </>
          ) : (
            <>
              <button class="btn main-do" type="submit" name="do" value="allow">
                {t.quotes.allow}
              </button>
              <button class="btn" type="submit" name="do" value="decline">
                {t.quotes.decline}
              </button>
            </>
          )}
        </Form>
      </div>
    </li>
  );
}
