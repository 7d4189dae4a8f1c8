import { Router } from "express";
import { asNodeError } from "../../../lib/errors.ts";
import type { AudienceView } from "../../../social/audiences/audience.ts";
import { type Imported, importLists, LARGEST_LISTS } from "../../../social/audiences/import-lists.ts";
import { audiences, members } from "../../../social/audiences/list.ts";
import { makeAudience } from "../../../social/audiences/make.ts";
import { waitingCount } from "../../../social/gate/list.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { Face } from "../../html/face.tsx";
import { Form } from "../../html/form.tsx";
import { EmptyTable, Icon } from "../../html/icon.tsx";
import { PageHead } from "../../html/page-head.tsx";
import { Pager } from "../../html/pager.tsx";
import { PeopleHead } from "../../html/people-head.tsx";
import { MEDIA } from "../../html/post.tsx";
import type { Messages } from "../../messages/en.ts";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { choices } from "./recipients.ts";

const A_PAGE = 20;
const MOST_FACES = 5;
/** People to drag; everybody else is found by name. */
const MOST_DRAGGED = 40;
const MOST_UNKNOWN = 50;

type Trouble = { make?: string; name?: string; lists?: string };

/** The owner's audiences: making them, and bringing lists along. */
export function audiencesRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/people/audiences", (visit) => showAll(visit, {}, 200));
  kit.post(router, "/people/audiences", async (visit) => {
    const { acting, fields, now, t } = visit;
    const name = fields.text("name");
    try {
      const id = await acting.transact((tx) => makeAudience(tx, name, now, acting.random));
      visit.go(`/people/audiences/${id}`);
    } catch (error) {
      await showAll(visit, { make: audienceTrouble(t, error), name }, 422);
    }
  });
  kit.post(router, "/people/audiences/import", bringAlong);
  return router;
}

/** As a sentence: an audience has a name for the owner only. */
export function audienceTrouble(t: Messages, thrown: unknown): string {
  const error = asNodeError(thrown);
  if (error.code === "internal") throw thrown;
  return error.code === "name-empty" ? t.audiences.nameEmpty : sentence(t, error);
}

async function bringAlong(visit: Visit): Promise<void> {
  const { acting, fields, now, t } = visit;
  const a = t.audiences;
  const bytes = fields.file("lists");
  if (bytes === null) return showAll(visit, { lists: a.importNone }, 422);
  if (bytes.byteLength > LARGEST_LISTS) return showAll(visit, { lists: a.importLarge }, 422);
  try {
    const csv = bytes.toString("utf8");
    const got = await acting.transact((tx) => importLists(tx, acting.me, csv, now, acting.random));
    await showImported(visit, got);
  } catch (error) {
    await showAll(visit, { lists: audienceTrouble(t, error) }, 422);
  }
}

async function showImported(visit: Visit, got: Imported): Promise<void> {
  const { t, token } = visit;
  const a = t.audiences;
  const rest = got.unknown.length - MOST_UNKNOWN;
  await visit.show({
    title: a.title,
    current: "people",
    main: (
      <>
        <PageHead up="/people/audiences" back={a.all}>
          {a.importHeading}
        </PageHead>
        <p class="note">
          <Icon name="check" />
          <span>{a.imported(got.audiences, got.people)}</span>
        </p>
        {got.unknown.length === 0 ? null : (
          <section class="card stack">
            <h2>{a.unknown(got.unknown.length)}</h2>
            <p class="muted">{a.unknownText}</p>
            <ul class="list">
              {got.unknown.slice(0, MOST_UNKNOWN).map((address) => (
                <li>
                  <Form action="/connect" token={token} class="who-line">
                    <input type="hidden" name="address" value={address} />
                    <div>
                      <p class="addr" dir="ltr">
                        @{address}
                      </p>
                    </div>
                    <button class="btn" type="submit">
                      {a.lookUp}
                      <span class="vh"> {address}</span>
                    </button>
                  </Form>
                </li>
              ))}
            </ul>
            {rest > 0 ? <p class="muted">{a.others(rest)}</p> : null}
          </section>
        )}
      </>
    ),
  });
}

async function showAll(visit: Visit, trouble: Trouble, status: number): Promise<void> {
  const { acting, t, token, fields } = visit;
  const a = t.audiences;
  const { people: waiting } = await waitingCount(acting.read, acting.me);
  const around = await choices(acting);
  const all = await audiences(acting.read);
  const at = pageIn(fields.text("before") || fields.text("after"));
  const shown = all.slice(at * A_PAGE, (at + 1) * A_PAGE);
  const cards = await Promise.all(
    shown.map(async (one) => ({
      one,
      faces: (await members(acting.read, one.id, { limit: MOST_FACES })).items,
    })),
  );
  const older = all.length > (at + 1) * A_PAGE ? String(at + 1) : null;
  const page = { items: shown, older, newer: at > 0 ? String(at - 1) : null };
  await visit.show({
    title: a.title,
    current: "people",
    status,
    main: (
      <>
        <PeopleHead t={t} current="audiences" words="" waiting={waiting} />
        <p class="muted">{a.lead}</p>
        <MakeForm t={t} token={token} trouble={trouble} />
        {all.length === 0 ? (
          <section class="card empty">
            <EmptyTable />
            <h2 class="vh">{a.tab}</h2>
            <p class="muted">{a.none}</p>
          </section>
        ) : (
          <>
            <Dragged t={t} token={token} people={around.people.slice(0, MOST_DRAGGED)} />
            <div class="pair">
              {cards.map(({ one, faces }) => (
                <Card t={t} one={one} faces={faces} />
              ))}
            </div>
          </>
        )}
        <Pager t={t} page={page} path="/people/audiences" />
        <ImportForm t={t} token={token} wrong={trouble.lists} />
      </>
    ),
  });
}

function pageIn(text: string): number {
  return /^\d{1,3}$/.test(text) ? Number(text) : 0;
}

type FormProps = { t: Messages; token: string };

function MakeForm({ t, token, trouble }: FormProps & { trouble: Trouble }) {
  const a = t.audiences;
  return (
    <Form action="/people/audiences" token={token} class="card plain stack tight">
      <div class="join">
        <input
          name="name"
          value={trouble.name ?? ""}
          aria-label={a.make}
          placeholder={a.makeHint}
          maxlength={60}
          dir="auto"
          aria-describedby={trouble.make === undefined ? "make-h" : "make-e make-h"}
        />
        <button class="btn main-do" type="submit">
          {a.makeGo}
        </button>
      </div>
      <Why id="make-e" words={trouble.make} />
      <p class="small muted" id="make-h">
        {a.limits}
      </p>
    </Form>
  );
}

export function Why({ id, words }: { id: string; words: string | undefined }) {
  if (words === undefined) return null;
  return (
    <p class="why" id={id} role="alert">
      <Icon name="warn" />
      <span>{words}</span>
    </p>
  );
}

function Card({ t, one, faces }: { t: Messages; one: AudienceView; faces: PersonView[] }) {
  const a = t.audiences;
  return (
    <section
      class="card stack tight"
      data-audience={one.id}
      data-region={`audience-${one.id}`}
      data-when="people"
      data-name={one.name}
    >
      <div class="row ends">
        <h2>
          <bdi>{one.name}</bdi> <span class="muted">{one.count}</span>
        </h2>
        <a class="btn" href={`/people/audiences/${one.id}`}>
          {a.open}
          <span class="vh"> {one.name}</span>
        </a>
      </div>
      {faces.length === 0 ? (
        <p class="small muted">{a.nobodyIn}</p>
      ) : (
        <p class="faces" aria-hidden="true">
          {faces.map((person) => (
            <Face person={person} media={MEDIA} size="s" />
          ))}
        </p>
      )}
      <p class="small">
        <a href={`/?audience=${one.id}`}>
          {a.read}
          <span class="vh">: {one.name}</span>
        </a>
      </p>
    </section>
  );
}

/** Shown by the script, which lets people be dragged onto an audience. */
function Dragged({ t, token, people }: FormProps & { people: readonly PersonView[] }) {
  const a = t.audiences;
  if (people.length === 0) return null;
  return (
    <section class="card stack tight" data-drag={token} data-done={a.dragged("{name}", "{audience}")} hidden>
      <p class="small muted">{a.drag}</p>
      <ul class="pick drag">
        {people.map((person) => (
          <li draggable data-person={person.id} data-name={person.name}>
            <Face person={person} media={MEDIA} size="s" />
            <bdi>{person.name}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ImportForm({ t, token, wrong }: FormProps & { wrong: string | undefined }) {
  const a = t.audiences;
  return (
    <details class="fold card" open={wrong !== undefined}>
      <summary>
        <Icon name="down" />
        {a.importHeading}
      </summary>
      <Form action="/people/audiences/import" token={token} class="stack tight" files>
        <p class="hint" id="lists-h">
          {a.importHint}
        </p>
        <input
          type="file"
          name="lists"
          accept=".csv,text/csv"
          aria-label={a.importLabel}
          aria-describedby={wrong === undefined ? "lists-h" : "lists-e lists-h"}
        />
        <Why id="lists-e" words={wrong} />
        <button class="btn" type="submit">
          {a.importGo}
        </button>
      </Form>
    </details>
  );
}
