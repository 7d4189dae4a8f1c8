import { Router } from "express";
import { asNodeError } from "../../../lib/errors.ts";
import type { Paged } from "../../../lib/page.ts";
import type { GuestView } from "../../../social/guests/guest.ts";
import { guests } from "../../../social/guests/list.ts";
import { makeGuest } from "../../../social/guests/make.ts";
import { Form } from "../../html/form.tsx";
import { PageHead } from "../../html/page-head.tsx";
import { Pager } from "../../html/pager.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { guestRoutes } from "./guest.tsx";
import { howItStands, NameField, showLink, type Typed } from "./guest-parts.tsx";

const A_PAGE = 40;

/** People who read by a secret link: who they are, and making one. */
export function guestsRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/people/guests", (visit) => showList(visit, { name: "", wrong: undefined }, 200));
  kit.post(router, "/people/guests", make);
  router.use(guestRoutes(kit));
  return router;
}

async function make(visit: Visit): Promise<void> {
  const { acting, fields, now, t } = visit;
  const name = fields.text("name");
  try {
    const { id, secret } = await acting.transact((tx) => makeGuest(tx, name, now, acting.random));
    await showLink(visit, { id, name: name.trim() }, secret);
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    await showList(visit, { name, wrong: sentence(t, known) }, 422);
  }
}

async function showList(visit: Visit, typed: Typed, status: number): Promise<void> {
  const { acting, t, token, now, fields } = visit;
  const page = await guests(acting.read, askedPage(fields, A_PAGE));
  await visit.show({
    title: t.guests.title,
    current: "people",
    status,
    main: (
      <>
        <PageHead up="/people" back={t.people.title}>
          {t.guests.title}
        </PageHead>
        <p class="muted">{t.guests.lead}</p>
        <MakeGuest t={t} token={token} typed={typed} />
        <GuestList t={t} page={page} now={now} />
        <Pager t={t} page={page} path="/people/guests" />
      </>
    ),
  });
}

function MakeGuest({ t, token, typed }: Pick<Visit, "t" | "token"> & { typed: Typed }) {
  const g = t.guests;
  return (
    <section class="card stack">
      <h2>{g.add}</h2>
      <Form action="/people/guests" token={token} class="stack tight">
        <NameField t={t} name={typed.name} wrong={typed.wrong} />
        <div class="row end">
          <button class="btn main-do" type="submit">
            {g.make}
          </button>
        </div>
      </Form>
    </section>
  );
}

function GuestList({ t, page, now }: Pick<Visit, "t" | "now"> & { page: Paged<GuestView> }) {
  const g = t.guests;
  return (
    <section class="card stack">
      <h2>{g.list}</h2>
      {page.items.length === 0 ? <p class="muted">{g.none}</p> : null}
      {page.items.length === 0 ? null : (
        <ul class="list">
          {page.items.map((guest) => (
            <li>
              <a class="name" href={`/people/guests/${guest.id}`}>
                <bdi>{guest.name}</bdi>
              </a>
              <p class="small muted">{howItStands({ t, guest, now })}</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
