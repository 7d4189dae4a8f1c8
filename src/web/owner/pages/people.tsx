import { Router } from "express";
import { waitingCount } from "../../../social/gate/list.ts";
import { blockedHosts } from "../../../social/people/block-host.ts";
import { type Circle, listPeople } from "../../../social/people/list.ts";
import { searchPeople } from "../../../social/people/search.ts";
import { BlockedHosts } from "../../html/blocked-hosts.tsx";
import { GuestTag } from "../../html/guest-tag.tsx";
import { EmptyTable } from "../../html/icon.tsx";
import { MessageLink } from "../../html/message-link.tsx";
import { Pager } from "../../html/pager.tsx";
import { circlePath, circles, PeopleHead } from "../../html/people-head.tsx";
import { PersonRow } from "../../html/person-row.tsx";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";

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
        <PeopleHead t={t} current={circle} words="" waiting={waiting} />
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
                  <PersonRow person={person}>
                    {circle === "friends" ? <MessageLink t={t} person={person} /> : null}
                  </PersonRow>
                ))}
              </ul>
            </section>
          )}
          <BlockedHosts t={t} token={token} hosts={hosts} />
        </div>
        <Pager t={t} page={people} path={circlePath(circle)} />
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
        <PeopleHead t={t} current={null} words={words} waiting={waiting} />
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
