import type { Circle } from "../../social/people/list.ts";
import type { Messages } from "../messages/en.ts";
import { Icon } from "./icon.tsx";

export const circles: readonly Circle[] = [
  "subscribed",
  "subscribers",
  "friends",
  "asked",
  "blocked",
  "muted",
];

/** Those that are looked at often stand first, before requests and audiences. */
const NEAR = 3;

export const circlePath = (circle: Circle) => `/people?tab=${circle}`;

type HeadProps = { t: Messages; current: Circle | "audiences" | null; words: string; waiting: number };

function Circles({ t, current, all }: Pick<HeadProps, "t" | "current"> & { all: readonly Circle[] }) {
  return (
    <>
      {all.map((circle) => (
        <a href={circlePath(circle)} aria-current={circle === current ? "page" : undefined}>
          {t.people.tabs[circle]}
        </a>
      ))}
    </>
  );
}

/** What the pages about people begin with: adding somebody, the lists there are, and the search. */
export function PeopleHead({ t, current, words, waiting }: HeadProps) {
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
        <Circles t={t} current={current} all={circles.slice(0, NEAR)} />
        <a href="/requests">
          {t.people.tabs.requests}
          {waiting === 0 ? null : <span class="n"> {waiting}</span>}
        </a>
        <a href="/people/audiences" aria-current={current === "audiences" ? "page" : undefined}>
          {t.audiences.tab}
        </a>
        <a href="/people/guests">{t.guests.title}</a>
        <Circles t={t} current={current} all={circles.slice(NEAR)} />
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
