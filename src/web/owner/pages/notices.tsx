import { Router } from "express";
import { textOf } from "../../../social/html.ts";
import { hiddenAt } from "../../../social/muting/words.ts";
import { listNotices } from "../../../social/notices/list.ts";
import { markNoticesRead } from "../../../social/notices/notices.ts";
import type { NoticeView } from "../../../social/notices/view.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { picturesIn } from "../../../social/reactions/of-posts.ts";
import { EmojiText } from "../../html/emoji-text.tsx";
import { Face } from "../../html/face.tsx";
import { firstWords } from "../../html/first-words.ts";
import { Form } from "../../html/form.tsx";
import { EmptyTable, Icon } from "../../html/icon.tsx";
import { Pager } from "../../html/pager.tsx";
import { MEDIA } from "../../html/post.tsx";
import { hiddenWords } from "../../html/post-muted.tsx";
import { day, Moment } from "../../html/time.tsx";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";

const LONGEST_EXCERPT = 140;

/** What happened, by day. */
export function noticesRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/notices", show);
  kit.post(router, "/notices", async (visit) => {
    await visit.acting.transact((tx) => markNoticesRead(tx, visit.now));
    visit.go("/notices");
  });
  return router;
}

async function show(visit: Visit): Promise<void> {
  const { acting, t, token, now, fields } = visit;
  const notices = await listNotices(acting.read, acting.me, askedPage(fields), now);
  const days = Map.groupBy(notices.items, ({ at }) => dayWords(t, at, now));
  await visit.show({
    title: t.notices.title,
    current: "notices",
    main: (
      <>
        <div class="page-head">
          <h1>{t.notices.title}</h1>
          {notices.items.some(({ isNew }) => isNew) ? (
            <Form action="/notices" token={token} class="push">
              <button class="btn" type="submit">
                <Icon name="check" />
                {t.notices.markRead}
              </button>
            </Form>
          ) : null}
        </div>
        <div class="stack" data-region="notices" data-when="notices">
          {notices.items.length > 0 ? null : (
            <section class="card empty">
              <EmptyTable />
              <p class="muted">{t.notices.empty}</p>
            </section>
          )}
          {[...days].map(([name, items]) => (
            <section class="card">
              <h2>{name}</h2>
              <ul class="list">
                {items.map((notice) => (
                  <NoticeRow t={t} notice={notice} now={now} />
                ))}
              </ul>
            </section>
          ))}
        </div>
        <Pager t={t} page={notices} path="/notices" />
      </>
    ),
  });
}

function dayWords(t: Visit["t"], at: number, now: number): string {
  const words = day(t, at);
  if (words === day(t, now)) return t.notices.today;
  return words === day(t, now - 24 * 60 * 60_000) ? t.notices.yesterday : words;
}

function NoticeRow({ t, notice, now }: { t: Visit["t"]; notice: NoticeView; now: number }) {
  const { person, post, kind, detail, other } = notice;
  return (
    <li class="who-line start">
      <Face person={person} media={MEDIA} size="s" />
      <div class="grow">
        <p>
          <a class="name" href={`/people/${person.id}`}>
            <bdi>{person.name}</bdi>
          </a>{" "}
          <a href={pathOf(notice)}>{t.notices[kind]}</a>{" "}
          {kind !== "introduced" || other === null ? null : (
            <>
              <bdi>{other.name}</bdi>{" "}
            </>
          )}
          {kind !== "reaction" ? null : (
            <span dir="auto">
              <EmojiText text={detail} emojis={post === null ? [] : picturesIn(post.marks)} />{" "}
            </span>
          )}
          {notice.isNew ? <span class="tag warn">{t.notices.isNew}</span> : null}
        </p>
        {post === null ? null : <Excerpt t={t} post={post} now={now} />}
        <p class="small muted">
          <Moment t={t} at={notice.at} now={now} />
        </p>
      </div>
    </li>
  );
}

function pathOf({ kind, person, post, other }: NoticeView): string {
  if (post !== null && kind === "quote-request") return `/posts/${post.sortKey}/quotes`;
  if (post !== null) return `/posts/${post.sortKey}`;
  if (kind === "request" || kind === "friend-request") return "/requests";
  if (kind === "report") return "/settings/reports";
  return `/people/${(other ?? person).id}`;
}

function Excerpt({ t, post, now }: { t: Visit["t"]; post: PostView; now: number }) {
  const { words } = hiddenAt(post, now);
  if (words.length > 0) return <p class="small muted">{hiddenWords(t, words)}</p>;
  return (
    <p class="small muted" dir="auto">
      {firstWords(textOf(post.html), LONGEST_EXCERPT)}
    </p>
  );
}
