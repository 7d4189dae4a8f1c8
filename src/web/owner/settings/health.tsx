import type { Router } from "express";
import { type WaitingHost, whatWaits } from "../../../social/deliveries/waiting.ts";
import { textOf } from "../../../social/html.ts";
import { sentPosts } from "../../../social/posts/timelines.ts";
import type { PostView } from "../../../social/posts/view.ts";
import { firstWords } from "../../html/first-words.ts";
import { Form } from "../../html/form.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { MenuList } from "../../html/menu-list.tsx";
import { networkWords } from "../../html/network-words.ts";
import { Pager } from "../../html/pager.tsx";
import { ReachLine } from "../../html/reach.tsx";
import { Sent } from "../../html/sent.tsx";
import { dayAndTime, Moment, size } from "../../html/time.tsx";
import type { Messages } from "../../messages/en.ts";
import type { OwnerPorts, Trouble } from "../../ports.ts";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "../pages/asked-page.ts";
import { settingPage } from "./setting-page.tsx";

const LONGEST_EXCERPT = 120;

/** How this node is doing, in words: what an owner would otherwise have to read out of a log. */
export function healthRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/health", (visit) => showHealth(kit.ports, visit));
  kit.post(router, "/settings/health", async (visit) => {
    visit.acting.tryNow();
    visit.go("/settings/health", visit.t.health.tried);
  });
  kit.get(router, "/settings/health/sent", showSent);
}

async function showHealth(ports: OwnerPorts, visit: Visit): Promise<void> {
  const { acting, t, token, fields } = visit;
  const h = t.health;
  const network = ports.network();
  const waiting = await whatWaits(acting.read, fields.text("after"));
  const storage = await acting.storage();
  const tested = network.at === "reachable" ? h.tested(dayAndTime(t, network.testedAt)) : h.notTested;
  const main = (
    <>
      <MenuList
        label={h.title}
        items={[
          { path: "/connecting", icon: "swap", name: networkWords(t, network), hint: tested },
          { path: "/settings/health/sent", icon: "send", name: h.sent, hint: h.sentHint },
          {
            path: "/settings/storage",
            icon: "down",
            name: t.settings.storage,
            hint: size(t, storage.database + storage.media),
          },
        ]}
      />
      <section
        class="card roomy stack"
        aria-labelledby="waiting"
        data-region="waiting"
        data-when="deliveries"
      >
        <h2 id="waiting">{h.waiting}</h2>
        {waiting.items.length === 0 ? (
          <p class="muted">{h.waitingNone}</p>
        ) : (
          <>
            <ul class="list">
              {waiting.items.map((host) => (
                <WaitingLine t={t} host={host} />
              ))}
            </ul>
            <Form action="/settings/health" token={token} class="row">
              <button class="btn" type="submit">
                {h.tryNow}
              </button>
              {waiting.next === null ? null : (
                <a class="btn" href={`/settings/health?after=${encodeURIComponent(waiting.next)}`}>
                  {t.older}
                </a>
              )}
            </Form>
          </>
        )}
      </section>
      <Troubles t={t} troubles={ports.troubles()} />
      <p class="small muted">
        {h.started(dayAndTime(t, ports.startedAt()))}. TSSOP {ports.version}
      </p>
    </>
  );
  await visit.show(settingPage(visit, h.title, main));
}

function WaitingLine({ t, host }: { t: Messages; host: WaitingHost }) {
  const h = t.health;
  const names = new Intl.ListFormat(t.locale).format(host.names.map(isolate));
  const reached = host.reachedAt === 0 ? h.never : h.reached(dayAndTime(t, host.reachedAt));
  return (
    <li>
      <b>{host.names.length === 0 ? <bdi>{shortHost(host.host)}</bdi> : <Isolated words={names} />}</b>
      <p class="small">{h.waitingFor(host.count, dayAndTime(t, host.since))}</p>
      <p class="small muted">
        {why(t, host.lastError)} {reached}
      </p>
    </li>
  );
}

const shortHost = (host: string) => (host.length > 24 ? `${host.slice(0, 4)}\u2026${host.slice(-10)}` : host);

/** The queue writes down codes of ours, or what the other side answered. */
function why(t: Messages, lastError: string): string {
  if (lastError === "") return "";
  const status = /^status (\d{3})/.exec(lastError)?.[1];
  if (status !== undefined) return t.health.answered(status);
  return lastError === "tor-down" ? t.health.noTor : t.health.noAnswer;
}

function Troubles({ t, troubles }: { t: Messages; troubles: Trouble[] }) {
  const h = t.health;
  return (
    <section class="card roomy stack" aria-labelledby="troubles">
      <h2 id="troubles">{h.troubles}</h2>
      {troubles.length === 0 ? (
        <p class="muted">{h.troublesNone}</p>
      ) : (
        <>
          <p class="muted">{h.troublesLead}</p>
          <ul class="list">
            {troubles.map(({ at, words }) => (
              <li class="small">
                <span class="muted">{dayAndTime(t, at)}</span>
                <p class="kept" dir="ltr" lang="en">
                  {words}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

async function showSent(visit: Visit): Promise<void> {
  const { acting, t, fields } = visit;
  const posts = await sentPosts(acting.read, acting.me, askedPage(fields));
  const main = (
    <>
      <p class="muted">{t.health.sentLead}</p>
      {posts.items.length === 0 ? (
        <section class="card empty">
          <p class="muted">{t.health.sentNone}</p>
        </section>
      ) : (
        posts.items.map((post) => <SentPost visit={visit} post={post} />)
      )}
      <Pager
        t={t}
        page={posts}
        path="/settings/health/sent"
        newer={t.home.newerPosts}
        older={t.home.olderPosts}
      />
    </>
  );
  await visit.show(settingPage(visit, t.health.sent, main));
}

function SentPost({ visit: { t, now, token }, post }: { visit: Visit; post: PostView }) {
  const words = firstWords(textOf(post.html), LONGEST_EXCERPT);
  return (
    <article class="card stack tight">
      <p class="meta">
        <a href={`/posts/${post.sortKey}`}>
          <Moment t={t} at={post.publishedAt} now={now} full />
        </a>
        <ReachLine t={t} post={post} />
      </p>
      <p dir="auto">{words === "" ? t.health.noWords : words}</p>
      {post.delivery === null ? (
        <p class="small muted">{t.health.toNobody}</p>
      ) : (
        <Sent t={t} post={post} token={token} whole />
      )}
    </article>
  );
}
