import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { letIn } from "../../../social/gate/let-in.ts";
import { listWaiting, type WaitingView, waitingCount } from "../../../social/gate/list.ts";
import { turnAllAway, turnAway } from "../../../social/gate/turn-away.ts";
import { block } from "../../../social/people/block.ts";
import { blockHost, unblockHost } from "../../../social/people/block-host.ts";
import { personById } from "../../../social/people/find.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { shortAddress } from "../../html/face.tsx";
import { Form } from "../../html/form.tsx";
import { EmptyTable, Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { PageHead } from "../../html/page-head.tsx";
import { Pager } from "../../html/pager.tsx";
import { Moment } from "../../html/time.tsx";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { friendActs } from "./friend-acts.ts";

const A_PAGE = 40;
/** Letters shown at once; the rest is a click away. */
const FIRST_WORDS = 500;

type Act = (visit: Visit, person: PersonView) => Promise<unknown>;

const acts: Readonly<Record<string, Act>> = {
  ...friendActs,
  accept: ({ acting, now }, { id }) => acting.transact((tx) => letIn(tx, acting.me, id, now)),
  decline: ({ acting, now }, { id }) => acting.transact((tx) => turnAway(tx, acting.me, id, now)),
  block: ({ acting, now }, { id }) => acting.transact((tx) => block(tx, id, now)),
  "block-host": ({ acting, now }, { host }) => acting.transact((tx) => blockHost(tx, host, now)),
};

/** The gate: people the owner does not know, and what they want. Nothing of theirs is fetched for it. */
export function requestsRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/requests", show);
  kit.post(router, "/requests/decline-all", async (visit) => {
    const { acting, now, t } = visit;
    const many = await acting.transact((tx) => turnAllAway(tx, acting.me, now));
    visit.go("/requests", t.requests.declinedAll(many));
  });
  kit.post(router, "/requests/:id", async (visit) => {
    const name = visit.fields.text("do");
    const act = Object.hasOwn(acts, name) ? acts[name] : undefined;
    const person = await personById(visit.acting.read, visit.part("id"));
    if (person === null) throw new NodeError("person-not-found", "no person of that id");
    if (act === undefined || person.isOwner || person.guest)
      throw new NodeError("bad-request", "no such act");
    await act(visit, person);
    const said =
      name === "block-host"
        ? visit.t.hosts.blocked
        : name === "friend-accept"
          ? visit.t.friends.accepted(person.name)
          : undefined;
    visit.go("/requests", said);
  });
  kit.post(router, "/people/hosts/unblock", async (visit) => {
    const { acting, fields, t } = visit;
    await acting.transact((tx) => unblockHost(tx, fields.text("host")));
    visit.go("/people?tab=blocked", t.hosts.undone);
  });
  return router;
}

async function show(visit: Visit): Promise<void> {
  const { acting, t, token, now, fields } = visit;
  const r = t.requests;
  const waiting = await listWaiting(acting.read, acting.me, askedPage(fields, A_PAGE));
  const count = await waitingCount(acting.read, acting.me);
  await visit.show({
    title: r.title,
    current: "people",
    main: (
      <>
        <PageHead up="/people" back={t.people.title}>
          {r.title}
        </PageHead>
        <p class="muted">{r.lead}</p>
        {count.full ? (
          <p class="note">
            <Icon name="warn" />
            <span>{r.full}</span>
          </p>
        ) : null}
        <div class="stack" data-region="requests" data-when="people">
          {waiting.items.length === 0 ? (
            <section class="card empty">
              <EmptyTable />
              <p class="muted">{r.none}</p>
            </section>
          ) : (
            waiting.items.map((one) => <Waiting {...{ t, token, now, one }} />)
          )}
        </div>
        <Pager t={t} page={waiting} path="/requests" />
        {count.people < 2 ? null : (
          <details class="fold">
            <summary>{r.declineAll(count.people)}</summary>
            <Form action="/requests/decline-all" token={token} class="row">
              <span class="small muted grow">{r.declineAllSure}</span>
              <button class="btn risk" type="submit">
                {r.declineAll(count.people)}
              </button>
            </Form>
          </details>
        )}
      </>
    ),
  });
}

type WaitingProps = Pick<Visit, "t" | "token" | "now"> & { one: WaitingView };

function Waiting({ t, token, now, one }: WaitingProps) {
  const r = t.requests;
  const { person, asks, wrote, offers } = one;
  const wish = asks && wrote ? r.both : asks ? r.asks : wrote ? r.wrote : t.friends.wants;
  return (
    <section class="card stack tight" aria-label={r.from(person.name)}>
      <Form action={`/requests/${person.id}`} token={token} class="stack tight">
        <div class="who-line start">
          <div class="grow">
            <h2 class="name">
              <bdi>{person.name}</bdi>
            </h2>
            <p class="addr" dir="ltr">
              @{shortAddress(person.address)}
            </p>
            <p class="small muted">
              {wish} · <Moment t={t} at={one.since} now={now} />
            </p>
          </div>
          <details class="menu">
            <summary>
              <span aria-hidden="true">⋯</span>
              <span class="vh">
                <Isolated words={r.more(isolate(person.name))} />
              </span>
            </summary>
            <ul>
              <li>
                <button class="btn bare" type="submit" name="do" value="block">
                  <Icon name="stop" />
                  {r.block}
                </button>
              </li>
              <li>
                <button class="btn bare" type="submit" name="do" value="block-host" title={r.blockHostHint}>
                  <Icon name="door" />
                  {r.blockHost}
                </button>
              </li>
            </ul>
          </details>
        </div>
        {wrote ? <Words t={t} words={one.words === "" ? t.talk.atGate : one.words} /> : null}
        {asks || wrote ? <Answers yes={r.accept} no={r.decline} name={person.name} /> : null}
        {offers === null ? null : (
          <>
            {asks || wrote ? <p class="small muted">{t.friends.wants}</p> : null}
            {offers === "" ? null : (
              <p class="hello" dir="auto">
                {offers}
              </p>
            )}
            <Answers
              yes={t.friends.requestsAccept}
              no={t.friends.requestsDecline}
              name={person.name}
              about="friend-"
            />
          </>
        )}
      </Form>
    </section>
  );
}

type AnswersProps = { yes: string; no: string; name: string; about?: string };

function Answers({ yes, no, name, about = "" }: AnswersProps) {
  return (
    <div class="row">
      <button class="btn main-do" type="submit" name="do" value={`${about}accept`}>
        {yes}
        <span class="vh"> {name}</span>
      </button>
      <button class="btn" type="submit" name="do" value={`${about}decline`}>
        {no}
        <span class="vh"> {name}</span>
      </button>
    </div>
  );
}

/** Words only: no form, no links, no pictures. */
function Words({ t, words }: { t: Visit["t"]; words: string }) {
  const letters = [...words];
  if (letters.length === 0) return <p class="muted">{t.requests.noWords}</p>;
  const first = letters.slice(0, FIRST_WORDS).join("");
  if (letters.length <= FIRST_WORDS)
    return (
      <p class="hello" dir="auto">
        {first}
      </p>
    );
  return (
    <>
      <p class="hello" dir="auto">{`${first} …`}</p>
      <details class="fold">
        <summary>{t.requests.showAll}</summary>
        <p class="hello" dir="auto">
          {words}
        </p>
      </details>
    </>
  );
}
