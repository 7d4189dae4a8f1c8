import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { randomId } from "../../../lib/ids.ts";
import { personById } from "../../../social/people/find.ts";
import { languageOf, publish } from "../../../social/posts/publish.ts";
import { isOpen, isReach } from "../../../social/posts/reach.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { allowQuote, declineQuote, revokeQuote } from "../../../social/quotes/answer.ts";
import { changeQuotable } from "../../../social/quotes/change-quotable.ts";
import { type QuoteOfOwn, quotesOfOwn } from "../../../social/quotes/list.ts";
import { isQuotable, quotableOf } from "../../../social/quotes/quotable.ts";
import { Compose, isWider, type Typed } from "../../html/compose.tsx";
import { Face } from "../../html/face.tsx";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { noPoll } from "../../html/poll-field.tsx";
import { MEDIA } from "../../html/post.tsx";
import { QuotableField } from "../../html/quotable-field.tsx";
import { QuoteCard } from "../../html/quote-card.tsx";
import { Moment } from "../../html/time.tsx";
import { knowMentioned, notFoundWords } from "../../know-mentioned.ts";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { insideLink } from "./inside-link.ts";
import { pollDraft, typedPoll } from "./polls.tsx";
import { postOf } from "./post.tsx";
import { choices, recipients } from "./recipients.ts";
import { changesFiles, typedFiles } from "./typed-files.ts";

/** Quoting a post, and who quotes an own one. */
export function quoteRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/posts/:sortKey/quote", async (visit) => {
    const typed: Typed = { ...blank(visit), id: randomId(visit.acting.random) };
    await showForm(kit, visit, await quotedOf(visit), typed, 200);
  });
  kit.post(router, "/posts/:sortKey/quote", (visit) => quote(kit, visit));
  kit.get(router, "/posts/:sortKey/quotes", async (visit) => showList(visit, await ownPostOf(visit)));
  kit.post(router, "/posts/:sortKey/quotes", async (visit) => answer(visit, await ownPostOf(visit)));
  return router;
}

const blank = (_: Visit): Omit<Typed, "id"> => ({
  text: "",
  warning: "",
  reach: "everyone",
  to: [],
  quotable: "everyone",
  language: "",
  poll: noPoll,
  files: [],
  fileTrouble: null,
  wrong: null,
  going: null,
});

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
  const typed = { ...typedIn(visit), ...(await typedFiles(visit)) };
  if (changesFiles(fields))
    return showForm(kit, visit, quoted, typed, typed.fileTrouble === null ? 200 : 422);
  if (fields.text("do") !== "post") {
    return showForm(kit, visit, quoted, { ...typed, going: await recipients(acting, typed) }, 200);
  }
  if (isWider(typed.reach, fields.text("said"))) {
    return showForm(kit, visit, quoted, { ...typed, wrong: t.compose.wider }, 422);
  }
  let missing: string[] = [];
  try {
    missing = await knowMentioned(acting, typed.text);
    const { id, text, warning, reach, quotable, language, files } = typed;
    const to = reach === "chosen" ? typed.to : [];
    const poll = pollDraft(typed.poll);
    const draft = { id, text, warning, reach, to, quotable, language, files, poll, quoteOfId: quoted.id };
    await acting.transact((tx) => publish(tx, acting.me, draft, now, acting.random));
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    return showForm(kit, visit, quoted, { ...typed, wrong: sentence(t, known) }, 422);
  }
  visit.go("/", notFoundWords(t, missing));
}

function typedIn({ fields, acting }: Visit): Typed {
  const [id, reach, quotable] = [fields.text("id"), fields.text("reach"), fields.text("quotable")];
  return {
    id: /^[0-9a-f]{32}$/.test(id) ? id : randomId(acting.random),
    text: fields.text("text"),
    warning: fields.text("warning"),
    reach: isReach(reach) ? reach : "me",
    to: fields.all("to").filter((one) => /^[0-9a-f]{32}$/.test(one)),
    quotable: isQuotable(quotable) ? quotable : "everyone",
    language: languageOf(fields.text("language")),
    poll: typedPoll(fields),
    files: [],
    fileTrouble: null,
    wrong: null,
    going: null,
  };
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
  const { people, subscribers } = await choices(acting);
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
            {...{ t, token, owner, typed, people, subscribers, offline }}
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
