import type { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { numberWith } from "../../../social/messages/keys/number.ts";
import { keepCard } from "../../../social/messages/keys/words.ts";
import type { Code } from "../../../social/messages/together/code.ts";
import type { TogetherWay } from "../../../social/messages/together/show.ts";
import {
  dropTakenOf,
  joinTogether,
  keepTaken,
  type Taken,
  takenOf,
} from "../../../social/messages/together/take.ts";
import { personById } from "../../../social/people/find.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { Overheard } from "../../html/overheard.tsx";
import { PageHead } from "../../html/page-head.tsx";
import { Who, WriteTo } from "../../html/who-it-is.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";

/** A code was read from somebody's screen, or words were heard: are you with them? */
export function takenRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/together/:person", (visit) => show(visit));
  kit.post(router, "/together/:person", async (visit) => {
    const { acting, fields, now } = visit;
    const person = await personIn(visit);
    if (fields.text("do") !== "yes") {
      await acting.transact((tx) => dropTakenOf(tx, person.id));
      return visit.go(`/people/${person.id}`);
    }
    try {
      const taken = await takenOf(acting.read, person.id, now);
      if (taken === null) throw new NodeError("together-over", "no code to use");
      await acting.checkKey(person.id, taken.fingerprint);
      await acting.transact((tx) => joinTogether(tx, acting.me, person.id, now, acting.random));
    } catch (error) {
      const known = asNodeError(error);
      if (known.code === "internal") throw error;
      return show(visit, sentence(visit.t, known));
    }
    visit.go(`/together/${person.id}`);
  });
}

/** Where a code leads that somebody showed. Throws what keeps their address from being found. */
export async function takeCode(visit: Visit, code: Code, way: TogetherWay): Promise<void> {
  const { acting, now } = visit;
  const { personId } = await acting.lookUp(code.address);
  const { token, fingerprint } = code;
  await acting.transact((tx) => keepCard(tx, personId, fingerprint, now));
  if (token === "") return visit.go(`/people/${personId}`);
  await acting.transact((tx) => keepTaken(tx, { token, personId, fingerprint, way }, now));
  visit.go(`/together/${personId}`);
}

async function personIn({ acting, part }: Visit): Promise<PersonView> {
  const person = await personById(acting.read, part("person"));
  if (person === null) throw new NodeError("person-not-found", "no person of that id");
  return person;
}

async function show(visit: Visit, wrong?: string): Promise<void> {
  const { acting, t, now } = visit;
  const person = await personIn(visit);
  const taken = await takenOf(acting.read, person.id, now);
  const digits =
    taken?.way === "phone" ? await numberWith(acting.read, acting.me, person.id, taken.fingerprint) : null;
  await visit.show({
    title: t.together.title,
    current: "connect",
    status: wrong === undefined ? 200 : 422,
    main: (
      <>
        <PageHead up="/together" back={t.together.title}>
          {t.together.heading}
        </PageHead>
        {wrong === undefined ? null : (
          <div class="note warn" role="alert">
            <Icon name="warn" />
            <p>{wrong}</p>
          </div>
        )}
        <div data-region="taken" data-when="messages">
          <State {...{ visit, person, taken, digits }} />
        </div>
      </>
    ),
  });
}

type StateProps = { visit: Visit; person: PersonView; taken: Taken | null; digits: string[] | null };

function State({ visit, person, taken, digits }: StateProps) {
  const { t } = visit;
  const k = t.together;
  const name = isolate(person.name);
  switch (taken?.state) {
    case undefined:
      return (
        <section class="card roomy stack">
          <p>{k.withNone}</p>
          <p>
            <a class="btn" href="/connect#scan">
              {k.scan}
            </a>
          </p>
        </section>
      );
    case "scanned":
      return <Asked {...{ visit, person, taken, digits }} />;
    case "waiting":
      return (
        <section class="card roomy stack">
          <Who person={person} words={k.waiting(name)} />
          <p>
            <Icon name="clock" /> <Isolated words={k.waitingMore(name)} />
          </p>
          <p>
            <WriteTo t={t} person={person} />
          </p>
        </section>
      );
    case "done":
      return (
        <section class="card roomy stack">
          <Who person={person} words={k.both(name)} />
          <p>
            <Icon name="sealed" /> {k.bothMore}
          </p>
          <p>
            <WriteTo t={t} person={person} />
          </p>
        </section>
      );
  }
}

function Asked({ visit: { t, token }, person, taken, digits }: StateProps) {
  const k = t.together;
  const phone = taken?.way === "phone";
  return (
    <section class="card roomy stack">
      <Who person={person} words={k.withHeading(isolate(person.name))} />
      <p>{phone ? k.withLeadPhone : k.withLead}</p>
      {phone ? null : <p>{k.withPicture}</p>}
      {digits === null ? null : <Overheard t={t} digits={digits} />}
      <Form action={`/together/${person.id}`} token={token} class="row">
        <button class="btn main-do" type="submit" name="do" value="yes">
          {phone ? k.withYesPhone : k.withYes}
        </button>
        <button class="btn" type="submit" name="do" value="no">
          {k.withNo}
        </button>
      </Form>
    </section>
  );
}
