import { Router } from "express";
import { type Circle, listPeople } from "../../../social/people/list.ts";
import { searchPeople } from "../../../social/people/search.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { Face, shortAddress } from "../../html/face.tsx";
import { Form } from "../../html/form.tsx";
import { EmptyTable, Icon } from "../../html/icon.tsx";
import { Pager } from "../../html/pager.tsx";
import { PersonRow } from "../../html/person-row.tsx";
import { MEDIA } from "../../html/post.tsx";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";

const circles: readonly Circle[] = ["subscribed", "subscribers", "requests", "asked", "blocked", "muted"];
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
  kit.get(router, "/people/requests", (visit) => showList(visit, "requests"));
  return router;
}

const pathOf = (circle: Circle) => (circle === "requests" ? "/people/requests" : `/people?tab=${circle}`);

function Head({ t, current, words }: Pick<Visit, "t"> & { current: Circle | null; words: string }) {
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
  const people = await listPeople(acting.read, circle, askedPage(fields, A_PAGE), now);
  await visit.show({
    title: t.people.title,
    current: "people",
    main: (
      <>
        <Head t={t} current={circle} words="" />
        <div class="stack" data-region="people" data-when="people">
          {circle === "requests" ? <p class="muted">{t.people.requestsLead}</p> : null}
          {people.items.length === 0 ? (
            <section class="card empty">
              <EmptyTable />
              <h2 class="vh">{t.people.tabs[circle]}</h2>
              <p class="muted">{t.people.empty[circle]}</p>
            </section>
          ) : circle === "requests" ? (
            people.items.map((person) => <RequestCard t={t} token={token} person={person} />)
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
        </div>
        <Pager t={t} page={people} path={pathOf(circle)} />
      </>
    ),
  });
}

async function showFound(visit: Visit, words: string): Promise<void> {
  const { acting, t } = visit;
  const found = (await searchPeople(acting.read, words.replace(/^@/, ""), MOST_FOUND)).filter(
    ({ isOwner }) => !isOwner,
  );
  await visit.show({
    title: t.people.title,
    current: "people",
    main: (
      <>
        <Head t={t} current={null} words={words} />
        <section class="card">
          <h2>{t.people.found(found.length)}</h2>
          {found.length === 0 ? null : (
            <ul class="list">
              {found.map((person) => (
                <PersonRow person={person} />
              ))}
            </ul>
          )}
        </section>
      </>
    ),
  });
}

function RequestCard({ t, token, person }: { t: Visit["t"]; token: string; person: PersonView }) {
  return (
    <section class="card stack tight" aria-label={t.people.requestFrom(person.name)}>
      <div class="who-line start">
        <Face person={{ ...person, pictureUrl: "" }} media={MEDIA} />
        <div>
          <a class="name" href={`/people/${person.id}`}>
            <bdi>{person.name}</bdi>
          </a>
          <p class="addr" dir="ltr">
            @{shortAddress(person.address)}
          </p>
          <p class="small muted">{t.people.wouldLike}</p>
        </div>
      </div>
      <Form action={`/people/${person.id}/answer`} token={token} class="row">
        <button class="btn main-do" type="submit" name="do" value="accept">
          {t.people.allow}
          <span class="vh"> {person.name}</span>
        </button>
        <button class="btn" type="submit" name="do" value="decline">
          {t.people.decline}
          <span class="vh"> {person.name}</span>
        </button>
        <button class="btn bare" type="submit" name="do" value="block">
          {t.people.declineBlock}
          <span class="vh"> {person.name}</span>
        </button>
      </Form>
    </section>
  );
}
