import { Router } from "express";
import { waitingCount } from "../../../social/gate/list.ts";
import { blockedHosts } from "../../../social/people/block-host.ts";
import { type Circle, listPeople } from "../../../social/people/list.ts";
import { searchPeople } from "../../../social/people/search.ts";
import { BlockedHosts } from "../../html/blocked-hosts.tsx";
import { GuestTag } from "../../html/guest-tag.tsx";
import { EmptyTable, Icon } from "../../html/icon.tsx";
import { Pager } from "../../html/pager.tsx";
import { PersonRow } from "../../html/person-row.tsx";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";

const circles: readonly Circle[] = ["subscribed", "subscribers", "asked", "blocked", "muted"];
const A_PAGE = 40;
const MOST_FOUND = 40;

/** Everybody the owner has to do with. */
export function peopleRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/people", async (visit) => {
    const words = visit.fields.text("q").trim();
    if (words !== "") return showFound(visit, words);
    const tab = visit.fields.text("tab");
    await showList(visit, circles.find((circle) => circle === tab) ?? "subscribed");
  });
  kit.get(router, "/people/requests", async (visit) => visit.go("/requests"));
  return router;
}

const pathOf = (circle: Circle) => `/people?tab=${circle}`;

type HeadProps = Pick<Visit, "t"> & { current: Circle | null; words: string; waiting: number };

function Head({ t, current, words, waiting }: HeadProps) {
  return (
    <>
      <div class="page-head">
        <h1>{t.people.title}</h1>
        <a class="btn main-do push" href="/connect#theirs">
          <Icon name="plus" />
          {t.people.add}
        </a>
      </div>
      <nav class="tabs" aria-label={t.people.title}>
        {circles.map((circle) => (
          <a href={pathOf(circle)} aria-current={circle === current ? "page" : undefined}>
            {t.people.tabs[circle]}
          </a>
        ))}
        <a href="/people/guests">{t.guests.title}</a>
        <a href="/requests">
          {t.people.tabs.requests}
          {waiting === 0 ? null : <span class="n"> {waiting}</span>}
        </a>
      </nav>
      <search>
        <form class="join" method="get" action="/people" autocomplete="off">
          <input
            type="search"
            name="q"
            value={words}
            aria-label={t.people.search}
            placeholder={t.people.search}
            dir="auto"
          />
          <button class="btn" type="submit">
            <Icon name="search" />
            {t.people.searchGo}
          </button>
        </form>
      </search>
    </>
  );
}

async function showList(visit: Visit, circle: Circle): Promise<void> {
  const { acting, t, fields, token, now } = visit;
  const { people: waiting } = await waitingCount(acting.read, acting.me);
  const hosts = circle === "blocked" ? await blockedHosts(acting.read) : [];
  const people = await listPeople(acting.read, circle, askedPage(fields, A_PAGE), now);
  await visit.show({
    title: t.people.title,
    current: "people",
    main: (
      <>
        <Head t={t} current={circle} words="" waiting={waiting} />
        <div class="stack" data-region="people" data-when="people">
          {people.items.length === 0 ? (
            <section class="card empty">
              <EmptyTable />
              <h2 class="vh">{t.people.tabs[circle]}</h2>
              <p class="muted">{t.people.empty[circle]}</p>
            </section>
          ) : (
            <section class="card">
              <h2 class="vh">{t.people.tabs[circle]}</h2>
              <ul class="list">
                {people.items.map((person) => (
                  <PersonRow person={person} />
                ))}
              </ul>
            </section>
          )}
          <BlockedHosts t={t} token={token} hosts={hosts} />
        </div>
        <Pager t={t} page={people} path={pathOf(circle)} />
      </>
    ),
  });
}

async function showFound(visit: Visit, words: string): Promise<void> {
  const { acting, t } = visit;
  const { people: waiting } = await waitingCount(acting.read, acting.me);
  const found = (
    await searchPeople(acting.read, words.replace(/^@/, ""), MOST_FOUND, { guests: true })
  ).filter(({ isOwner }) => !isOwner);
  await visit.show({
    title: t.people.title,
    current: "people",
    main: (
      <>
        <Head t={t} current={null} words={words} waiting={waiting} />
        <section class="card">
          <h2>{t.people.found(found.length)}</h2>
          {found.length === 0 ? null : (
            <ul class="list">
              {found.map((person) => (
                <PersonRow person={person}>
                  <GuestTag t={t} person={person} />
                </PersonRow>
              ))}
            </ul>
          )}
        </section>
      </>
    ),
  });
}
