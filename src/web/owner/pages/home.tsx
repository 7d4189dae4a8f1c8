import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { randomId } from "../../../lib/ids.ts";
import { unreadCounts } from "../../../social/notices/notices.ts";
import { personById } from "../../../social/people/find.ts";
import { lastLanguage, rememberLanguage } from "../../../social/posts/last-language.ts";
import { languageOf, publish } from "../../../social/posts/publish.ts";
import { isReach } from "../../../social/posts/reach.ts";
import { homeTimeline } from "../../../social/posts/timelines.ts";
import { isQuotable } from "../../../social/quotes/quotable.ts";
import { Compose, isWider, type Typed } from "../../html/compose.tsx";
import { Fresh } from "../../html/fresh.tsx";
import { EmptyTable, Icon } from "../../html/icon.tsx";
import { OwnMove } from "../../html/moved.tsx";
import { Note } from "../../html/note.tsx";
import { Pager } from "../../html/pager.tsx";
import { noPoll } from "../../html/poll-field.tsx";
import { Post } from "../../html/post.tsx";
import { knowMentioned, notFoundWords } from "../../know-mentioned.ts";
import { sentence } from "../../messages/messages.ts";
import type { OwnerPorts } from "../../ports.ts";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { insideLink } from "./inside-link.ts";
import { pollDraft, typedPoll } from "./polls.tsx";
import { choices, recipients } from "./recipients.ts";
import { changesFiles, typedFiles } from "./typed-files.ts";

/** The timeline, and writing. */
export function homeRoutes(ports: OwnerPorts, kit: Kit): Router {
  const router = Router();
  kit.get(router, "/", async (visit) => show(ports, kit, visit, await emptyForm(visit), 200));
  kit.post(router, "/posts", async (visit) => {
    const { acting, fields, now } = visit;
    const typed = { ...typedIn(visit), ...(await typedFiles(visit)) };
    if (!isReach(fields.text("reach"))) {
      const wrong = sentence(visit.t, new NodeError("reach-not-allowed", "no choice of ours"));
      return show(ports, kit, visit, { ...typed, wrong }, 422);
    }
    if (changesFiles(fields)) return show(ports, kit, visit, typed, typed.fileTrouble === null ? 200 : 422);
    if (fields.text("do") !== "post") {
      const going = await recipients(acting, typed);
      return show(ports, kit, visit, { ...typed, going }, 200);
    }
    if (isWider(typed.reach, fields.text("said"))) {
      const going = await recipients(acting, typed);
      return show(ports, kit, visit, { ...typed, going, wrong: visit.t.compose.wider }, 422);
    }
    let missing: string[] = [];
    try {
      missing = await knowMentioned(acting, typed.text);
      const to = typed.reach === "chosen" ? typed.to : [];
      const { id, text, warning, reach, language, quotable, files } = typed;
      const poll = pollDraft(typed.poll);
      const draft = { id, text, warning, reach, to, language, quotable, poll, files };
      await acting.transact(async (tx) => {
        await publish(tx, acting.me, draft, now, acting.random);
        await rememberLanguage(tx, language);
      });
    } catch (error) {
      const known = asNodeError(error);
      if (known.code === "internal") throw error;
      return show(ports, kit, visit, { ...typed, wrong: sentence(visit.t, known) }, 422);
    }
    visit.go("/", notFoundWords(visit.t, missing));
  });
  return router;
}

/** Drawn when the form is made, so that sending it twice posts once. */
async function emptyForm({ acting, lang }: Visit): Promise<Typed> {
  return {
    id: randomId(acting.random),
    text: "",
    warning: "",
    reach: "everyone",
    to: [],
    quotable: "everyone",
    wrong: null,
    going: null,
    language: await lastLanguage(acting.read, lang),
    poll: noPoll,
    files: [],
    fileTrouble: null,
  };
}

function typedIn({ fields, acting }: Visit): Typed {
  const id = fields.text("id");
  const reach = fields.text("reach");
  const quotable = fields.text("quotable");
  return {
    id: /^[0-9a-f]{32}$/.test(id) ? id : randomId(acting.random),
    text: fields.text("text"),
    warning: fields.text("warning"),
    reach: isReach(reach) ? reach : "me",
    to: fields.all("to").filter((one) => /^[0-9a-f]{32}$/.test(one)),
    quotable: isQuotable(quotable) ? quotable : "everyone",
    wrong: null,
    going: null,
    language: languageOf(fields.text("language")),
    poll: typedPoll(fields),
    files: [],
    fileTrouble: null,
  };
}

async function show(ports: OwnerPorts, kit: Kit, visit: Visit, typed: Typed, status: number): Promise<void> {
  const { acting, t, token, now, fields } = visit;
  const page = askedPage(fields);
  const timeline = await homeTimeline(acting.read, acting.me, page, now);
  const owner = await personById(acting.read, acting.me.ownerId);
  if (owner === null) throw new NodeError("not-set-up", "the owner has no row");
  const { people, subscribers } = await choices(acting);
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
        <Compose {...{ t, token, owner, typed, people, subscribers, offline }} />
        <p class="row end">
          <a href="/write">{t.blog.write}</a>
        </p>
        {first ? <Fresh t={t} newest={timeline.items[0]?.sortKey ?? null} /> : null}
        {timeline.items.length === 0 ? <Empty t={t} alone={people.length === 0} /> : null}
        {timeline.items.map((post) => (
          <Post {...{ t, now, token, post, outward }} back="/" />
        ))}
        <Pager t={t} page={timeline} path="/" newer={t.home.newerPosts} older={t.home.olderPosts} />
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
