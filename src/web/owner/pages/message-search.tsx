import type { Router } from "express";
import { searchMessages } from "../../../social/messages/thread.ts";
import { listPeople } from "../../../social/people/list.ts";
import { searchPeople } from "../../../social/people/search.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { Face } from "../../html/face.tsx";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { MessageLink } from "../../html/message-link.tsx";
import { MessageSearch } from "../../html/message-search.tsx";
import { firstLine } from "../../html/message-text.tsx";
import { PersonRow } from "../../html/person-row.tsx";
import { MEDIA } from "../../html/post.tsx";
import { Moment } from "../../html/time.tsx";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";

const MOST = 40;
const LONGEST = 200;

/** Looking for somebody to write to, and for what was written. */
export function messageSearchRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/messages/search", async (visit) => visit.go("/messages"));
  kit.post(router, "/messages/search", showFound);
  const showNew = async (visit: Visit) => {
    const { acting, t, token, fields, now } = visit;
    const words = fields.text("q").trim();
    const people =
      words === ""
        ? [
            ...(await listPeople(acting.read, "friends", { limit: MOST }, now)).items,
            ...(await listPeople(acting.read, "subscribed", { limit: MOST }, now)).items,
          ]
        : await searchPeople(acting.read, words.replace(/^@/, ""), MOST);
    const found = [...new Map(people.map((person) => [person.id, person])).values()];
    await visit.show({
      title: t.talk.title,
      current: "messages",
      main: (
        <>
          <div class="page-head">
            <Up t={t} />
            <h1>{t.talk.startTitle}</h1>
          </div>
          <p class="muted">{t.talk.startLead}</p>
          <MessageSearch {...{ t, token, words }} path="/messages/new" label={t.people.search} />
          <People t={t} people={found.filter(({ isOwner, guest }) => !isOwner && !guest)} />
        </>
      ),
    });
  };
  kit.get(router, "/messages/new", showNew);
  kit.post(router, "/messages/new", showNew);
}

/** What is found among messages, and people of that name. */
async function showFound(visit: Visit): Promise<void> {
  const { acting, t, token, now, fields } = visit;
  const words = fields.text("q").trim().slice(0, LONGEST);
  if (words === "") return visit.go("/messages");
  const page = await searchMessages(acting.read, acting.me, words, askedPage(fields), now);
  const people = (await searchPeople(acting.read, words.replace(/^@/, ""), MOST)).filter(
    ({ isOwner, guest }) => !isOwner && !guest,
  );
  await visit.show({
    title: t.talk.title,
    current: "messages",
    main: (
      <>
        <div class="page-head">
          <Up t={t} />
          <h1>{t.talk.title}</h1>
        </div>
        <MessageSearch t={t} token={token} path="/messages/search" words={words} />
        {people.length === 0 ? null : <People t={t} people={people} />}
        <section class="card">
          <h2>{t.talk.found(page.items.length)}</h2>
          <ul class="list">
            {page.items.map(({ id, sortKey, person, text, at }) => (
              <li class="who-line">
                <Face person={person} media={MEDIA} size="s" />
                <a class="grow" href={`/messages/${person.id}?before=${after(sortKey)}#m${id}`}>
                  <b>
                    <bdi>{person.name}</bdi>
                  </b>{" "}
                  <bdi>{firstLine(text)}</bdi>
                </a>
                <span class="small muted">
                  <Moment t={t} at={at} now={now} />
                </span>
              </li>
            ))}
          </ul>
        </section>
        {page.older === null ? null : (
          <Form action="/messages/search" token={token} class="pager">
            <input type="hidden" name="q" value={words} />
            <input type="hidden" name="before" value={page.older} />
            <button class="btn push" type="submit">
              {t.older}
              <Icon name="next" turn />
            </button>
          </Form>
        )}
      </>
    ),
  });
}

/** The cursor right after a message, so that it is the newest of its page. */
const after = (sortKey: string) => (BigInt(sortKey) + 1n).toString().padStart(sortKey.length, "0");

function Up({ t }: Pick<Visit, "t">) {
  return (
    <p class="up">
      <a href="/messages">
        <Icon name="back" turn />
        {t.talk.title}
      </a>
    </p>
  );
}

function People({ t, people }: Pick<Visit, "t"> & { people: PersonView[] }) {
  if (people.length === 0) return <p class="muted">{t.talk.startNone}</p>;
  return (
    <section class="card">
      <ul class="list">
        {people.map((person) => (
          <PersonRow person={person}>
            <MessageLink t={t} person={person} />
          </PersonRow>
        ))}
      </ul>
    </section>
  );
}
