import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import type { Paged } from "../../../lib/page.ts";
import { endLink } from "../../../social/guests/end.ts";
import type { GuestView, VisitView } from "../../../social/guests/guest.ts";
import { guest, visits } from "../../../social/guests/list.ts";
import { renameGuest, renewLink } from "../../../social/guests/make.ts";
import { Form } from "../../html/form.tsx";
import { Pager } from "../../html/pager.tsx";
import { Moment } from "../../html/time.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { howItStands, NameField, showLink, type Typed, UpToGuests } from "./guest-parts.tsx";

/** One guest: what they opened, and what can be done about their link. */
export function guestRoutes(kit: Kit): Router {
  const router = Router();
  const path = "/people/guests/:id";
  kit.get(router, path, async (visit) =>
    show(visit, { name: (await guestOf(visit)).name, wrong: undefined }),
  );
  kit.post(router, `${path}/rename`, rename);
  kit.post(router, `${path}/renew`, async (visit) => {
    const { acting } = visit;
    const it = await guestOf(visit);
    await showLink(visit, it, await acting.transact((tx) => renewLink(tx, it.id, acting.random)));
  });
  kit.post(router, `${path}/end`, async (visit) => {
    const { acting, now, t } = visit;
    const { id } = await guestOf(visit);
    await acting.transact((tx) => endLink(tx, id, now));
    visit.go(`/people/guests/${id}`, t.guests.endDone);
  });
  return router;
}

async function rename(visit: Visit): Promise<void> {
  const { acting, fields, t } = visit;
  const { id } = await guestOf(visit);
  const name = fields.text("name");
  try {
    await acting.transact((tx) => renameGuest(tx, id, name));
  } catch (error) {
    const known = asNodeError(error);
    if (known.code === "internal") throw error;
    return show(visit, { name, wrong: sentence(t, known) }, 422);
  }
  visit.go(`/people/guests/${id}`, t.guests.renamed);
}

async function guestOf({ acting, part }: Visit): Promise<GuestView> {
  const found = await guest(acting.read, part("id"));
  if (found === null) throw new NodeError("person-not-found", "no guest of that id");
  return found;
}

async function show(visit: Visit, typed: Typed, status = 200): Promise<void> {
  const { acting, t, now, token, fields } = visit;
  const it = await guestOf(visit);
  const page = await visits(acting.read, it.id, askedPage(fields));
  await visit.show({
    title: t.guests.oneTitle,
    current: "people",
    status,
    main: (
      <>
        <div class="page-head">
          <UpToGuests t={t} />
          <h1 dir="auto">{it.name}</h1>
        </div>
        <p class="muted">{howItStands({ t, guest: it, now })}</p>
        <Visits t={t} now={now} page={page} />
        <Pager t={t} page={page} path={`/people/guests/${it.id}`} />
        <LinkCard t={t} token={token} guest={it} />
        <section class="card stack">
          <h2>{t.guests.rename}</h2>
          <Form action={`/people/guests/${it.id}/rename`} token={token} class="stack tight">
            <NameField t={t} {...typed} />
            <div class="row end">
              <button class="btn" type="submit">
                {t.guests.rename}
              </button>
            </div>
          </Form>
        </section>
      </>
    ),
  });
}

function Visits({ t, now, page }: Pick<Visit, "t" | "now"> & { page: Paged<VisitView> }) {
  const g = t.guests;
  return (
    <section class="card stack" aria-labelledby="opened-h">
      <h2 id="opened-h">{g.opened}</h2>
      <p class="small muted">{g.openedHint}</p>
      {page.items.length === 0 ? (
        <p>{g.openedNone}</p>
      ) : (
        <ul class="list">
          {page.items.map((one) => (
            <li class="row ends">
              <What t={t} visit={one} />
              <span class="small muted">
                <Moment t={t} at={one.at} now={now} full />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function What({ t, visit }: Pick<Visit, "t"> & { visit: VisitView }) {
  const { kind, post } = visit;
  if (kind !== "post") return <span class="grow">{t.guests.what[kind]}</span>;
  if (post === null) return <span class="grow muted">{t.guests.postGone}</span>;
  return (
    <a class="grow" href={`/posts/${post.sortKey}`} dir="auto">
      {post.words === "" ? t.guests.what.post : post.words}
    </a>
  );
}

function LinkCard({ t, token, guest: it }: Pick<Visit, "t" | "token"> & { guest: GuestView }) {
  const g = t.guests;
  const path = `/people/guests/${it.id}`;
  const isOver = it.endedAt > 0;
  return (
    <section class="card stack">
      <h2>{g.renew}</h2>
      <Form action={`${path}/renew`} token={token} class="stack tight">
        <p class="small muted">{isOver ? g.renewEndedHint : g.renewHint}</p>
        <div class="row">
          <button class="btn" type="submit">
            {g.renew}
          </button>
        </div>
      </Form>
      {isOver ? null : (
        <Form action={`${path}/end`} token={token} class="stack tight">
          <p class="small muted">{g.endHint}</p>
          <div class="row">
            <button class="btn" type="submit">
              {g.end}
            </button>
          </div>
        </Form>
      )}
    </section>
  );
}
