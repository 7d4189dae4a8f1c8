import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { audiences } from "../../../social/audiences/list.ts";
import { unreadCounts } from "../../../social/notices/notices.ts";
import { personById } from "../../../social/people/find.ts";
import { rememberLanguage } from "../../../social/posts/last-language.ts";
import { publish } from "../../../social/posts/publish.ts";
import { homeTimeline } from "../../../social/posts/timelines.ts";
import { Compose, type Typed } from "../../html/compose.tsx";
import { Fresh } from "../../html/fresh.tsx";
import { EmptyAudience, HomeTabs } from "../../html/home-tabs.tsx";
import { EmptyTable, Icon } from "../../html/icon.tsx";
import { OwnMove } from "../../html/moved.tsx";
import { Note } from "../../html/note.tsx";
import { Pager } from "../../html/pager.tsx";
import { Post } from "../../html/post.tsx";
import { knowMentioned, notFoundWords } from "../../know-mentioned.ts";
import { sentence } from "../../messages/messages.ts";
import type { OwnerPorts } from "../../ports.ts";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { insideLink } from "./inside-link.ts";
import { readChoice } from "./read-choice.ts";
import { changesFiles } from "./typed-files.ts";
import { aroundOf, blankPost, draftIn, heldBack, isPosting, keepChoice, typedPost } from "./typed-post.ts";

/** The timeline, and writing. */
export function homeRoutes(ports: OwnerPorts, kit: Kit): Router {
  const router = Router();
  kit.get(router, "/", async (visit) => show(ports, kit, visit, await blankPost(visit), 200));
  kit.post(router, "/posts", async (visit) => {
    const { acting, fields, now } = visit;
    const { typed, sought } = await typedPost(visit);
    if (readChoice(fields) === null) {
      const wrong = sentence(visit.t, new NodeError("reach-not-allowed", "no choice of ours"));
      return show(ports, kit, visit, { ...typed, wrong, open: true }, 422);
    }
    if (changesFiles(fields)) return show(ports, kit, visit, typed, typed.fileTrouble === null ? 200 : 422);
    if (!isPosting(fields.text("do"))) return show(ports, kit, visit, typed, 200);
    const held = await heldBack(visit, typed, sought);
    if (held !== null) return show(ports, kit, visit, { ...typed, ...held }, 422);
    let missing: string[] = [];
    try {
      missing = await knowMentioned(acting, typed.text);
      await acting.transact(async (tx) => {
        await publish(tx, acting.me, draftIn(typed), now, acting.random);
        await rememberLanguage(tx, typed.language);
        await keepChoice(tx, "note", typed);
      });
    } catch (error) {
      const known = asNodeError(error);
      if (known.code === "internal") throw error;
      return show(ports, kit, visit, { ...typed, wrong: sentence(visit.t, known), open: true }, 422);
    }
    visit.go("/", notFoundWords(visit.t, missing));
  });
  return router;
}

async function show(ports: OwnerPorts, kit: Kit, visit: Visit, typed: Typed, status: number): Promise<void> {
  const { acting, t, token, now, fields } = visit;
  const page = askedPage(fields);
  const all = await audiences(acting.read);
  const chosen = all.find(({ id }) => id === fields.text("audience"));
  const timeline = await homeTimeline(acting.read, acting.me, page, now, chosen?.id ?? "");
  const owner = await personById(acting.read, acting.me.ownerId);
  if (owner === null) throw new NodeError("not-set-up", "the owner has no row");
  const around = await aroundOf(visit, typed);
  const offline = ports.network().at === "failed";
  const first = page.before === undefined && page.after === undefined;
  const outward = (html: string) => kit.outward(html, insideLink);
  await visit.show({
    title: t.home.title,
    current: "home",
    status,
    side: await side(visit),
    main: (
      <>
        <h1 class="vh">{t.home.title}</h1>
        {offline ? <OfflineNote t={t} /> : null}
        <OwnMove t={t} owner={owner} />
        <HomeTabs t={t} audiences={all} current={chosen?.id ?? ""} />
        <Compose {...{ t, token, owner, typed, around, offline }} />
        <p class="row end">
          <a href="/write">{t.blog.write}</a>
        </p>
        {first && chosen === undefined ? <Fresh t={t} newest={timeline.items[0]?.sortKey ?? null} /> : null}
        {timeline.items.length > 0 ? null : chosen === undefined ? (
          <Empty t={t} alone={around.people.length === 0} />
        ) : (
          <EmptyAudience t={t} name={chosen.name} />
        )}
        {timeline.items.map((post) => (
          <Post {...{ t, now, token, post, outward }} back="/" />
        ))}
        <Pager
          t={t}
          page={timeline}
          path={chosen === undefined ? "/" : `/?audience=${chosen.id}`}
          newer={t.home.newerPosts}
          older={t.home.olderPosts}
        />
      </>
    ),
  });
}

function OfflineNote({ t }: Pick<Visit, "t">) {
  return (
    <Note tone="warn" icon="offline">
      <p>
        <b>{t.home.offline}</b> {t.home.offlineMore}
      </p>
      <p>
        <a href="/connecting">{t.home.whatIsWrong}</a>
      </p>
    </Note>
  );
}

function Empty({ t, alone }: Pick<Visit, "t"> & { alone: boolean }) {
  return (
    <section class="card empty">
      <EmptyTable />
      <h2>{t.home.emptyHeading}</h2>
      <p class="muted">{alone ? t.home.empty : t.home.emptyPosts}</p>
      {alone ? (
        <div class="row">
          <a class="btn main-do" href="/connect">
            <Icon name="qr" />
            {t.home.showCode}
          </a>
          <a class="btn" href="/connect#theirs">
            {t.home.paste}
          </a>
        </div>
      ) : null}
    </section>
  );
}

async function side({ acting, t, now }: Visit) {
  const { requests } = await unreadCounts(acting.read, now);
  return (
    <>
      <section class="card stack tight">
        <h2>{t.home.today}</h2>
        {requests === 0 ? (
          <p class="small">{t.home.nothingToday}</p>
        ) : (
          <p>
            <a href="/people/requests">{t.home.requests(requests)}</a>
          </p>
        )}
      </section>
      <p class="small muted">{t.home.noRanking}</p>
    </>
  );
}
