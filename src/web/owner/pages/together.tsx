import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { numberWith } from "../../../social/messages/keys/number.ts";
import { answerTogether } from "../../../social/messages/together/answer.ts";
import {
  endTogether,
  type Showing,
  showingNow,
  showTogether,
} from "../../../social/messages/together/show.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { codePng } from "../../code-picture.ts";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { Overheard } from "../../html/overheard.tsx";
import { PageHead } from "../../html/page-head.tsx";
import { Who, WriteTo } from "../../html/who-it-is.tsx";
import type { Kit, Visit } from "../kit.ts";
import { type OnThePhone, onThePhone, Spoken, type SpokenWords, WordsForm } from "./together-phone.tsx";
import { takenRoutes } from "./together-taken.tsx";

/** Two people make sure of each other: one shows a code, the other takes it, and the one who shows says who it was. */
export function togetherRoutes(kit: Kit): Router {
  const router = Router();
  const phone = onThePhone(kit, router);
  kit.get(router, "/together", (visit) => show(visit, phone));
  kit.get(router, "/together/code.png", async ({ acting, now, res }) => {
    const showing = await showingNow(acting.read, acting.me, now);
    if (showing?.state !== "shown") throw new NodeError("together-over", "nothing is shown");
    res.setHeader("Content-Type", "image/png").send(codePng(showing.code, 8));
  });
  kit.post(router, "/together", (visit) => act(visit, phone));
  takenRoutes(kit, router);
  return router;
}

async function act(visit: Visit, phone: OnThePhone): Promise<void> {
  const { acting, fields, now, t } = visit;
  // Whatever is done next, words that were shown are over.
  await acting.cancelByPhone();
  switch (fields.text("do")) {
    case "show":
      await acting.transact((tx) => showTogether(tx, "together", now, acting.random));
      return visit.go("/together");
    case "phone":
      await phone.offer(visit);
      return visit.go("/together");
    case "end":
      await acting.transact((tx) => endTogether(tx));
      return visit.go("/together", t.together.ended);
    case "yes":
    case "no": {
      const yes = fields.text("do") === "yes";
      await acting.transact((tx) => answerTogether(tx, fields.text("code"), yes, now, acting.random));
      return visit.go("/together", yes ? undefined : t.together.saidNo);
    }
    default:
      throw new NodeError("bad-request", "no such act");
  }
}

async function show(visit: Visit, phone: OnThePhone): Promise<void> {
  const { acting, t, now } = visit;
  const shown = await showingNow(acting.read, acting.me, now);
  const spoken = shown === null ? null : phone.wordsOf(shown);
  const digits =
    shown?.way === "phone" && shown.person !== null
      ? await numberWith(acting.read, acting.me, shown.person.id, shown.fingerprint)
      : null;
  // Words are nowhere but in memory: after a new start nobody can say them any more.
  const showing = shown?.way === "phone" && shown.state === "shown" && spoken === null ? null : shown;
  await visit.show({
    title: t.together.title,
    current: "connect",
    main: (
      <>
        <PageHead up="/connect" back={t.connect.title}>
          {t.together.heading}
        </PageHead>
        <div class="stack" data-region="together" data-when="messages">
          {showing === null ? <Begin {...visit} /> : <Shown {...{ visit, showing, spoken, digits }} />}
        </div>
      </>
    ),
  });
}

function Begin({ t, token }: Pick<Visit, "t" | "token">) {
  const k = t.together;
  return (
    <>
      <p class="muted">{k.lead}</p>
      <section class="card roomy stack">
        <h2>{k.here}</h2>
        <p>{k.hereLead}</p>
        <Form action="/together" token={token} class="row">
          <button class="btn main-do" type="submit" name="do" value="show">
            <Icon name="qr" />
            {k.show}
          </button>
          <a class="btn" href="/connect#scan">
            {k.scan}
          </a>
        </Form>
      </section>
      <section class="card roomy stack">
        <h2>{k.phone}</h2>
        <p>{k.phoneLead}</p>
        <Form action="/together" token={token} class="row">
          <button class="btn" type="submit" name="do" value="phone" data-busy>
            <Icon name="phone" />
            {k.phoneShow}
          </button>
        </Form>
        <WordsForm t={t} token={token} />
      </section>
      <p class="small muted">{k.number}</p>
    </>
  );
}

type ShownProps = {
  visit: Visit;
  showing: Showing;
  spoken: SpokenWords | null;
  digits: string[] | null;
};

function Shown({ visit, showing, spoken, digits }: ShownProps) {
  const { person, state } = showing;
  if (person === null || state === "shown")
    return spoken === null ? (
      <Code visit={visit} showing={showing} />
    ) : (
      <Spoken visit={visit} spoken={spoken} until={showing.until} />
    );
  return state === "scanned" ? (
    <Question {...{ visit, showing, person, digits }} />
  ) : (
    <Done visit={visit} person={person} />
  );
}

function Code({ visit: { t, token }, showing: { code, until } }: { visit: Visit; showing: Showing }) {
  const k = t.together;
  const time = new Intl.DateTimeFormat(t.locale, { timeStyle: "short" }).format(until);
  return (
    <section class="card roomy stack">
      <h2>{k.showing}</h2>
      <img class="qr" src="/together/code.png" width="256" height="256" alt={k.qrAlt} />
      <p class="small muted">{k.until(time)}</p>
      <details class="fold">
        <summary>{k.asText}</summary>
        <p class="mono" id="my-code" dir="ltr">
          {code}
        </p>
        <div class="row">
          <button class="btn" type="button" data-copy="my-code" data-done={k.copied} hidden>
            <Icon name="copy" />
            {k.copy}
          </button>
        </div>
        <p class="small muted">{k.asTextHint}</p>
      </details>
      <Form action="/together" token={token} class="row">
        <button class="btn" type="submit" name="do" value="end">
          {k.end}
        </button>
      </Form>
    </section>
  );
}

type AboutProps = { visit: Visit; showing: Showing; person: PersonView; digits: string[] | null };

function Question({ visit: { t, token }, showing, person, digits }: AboutProps) {
  const k = t.together;
  const says = showing.way === "phone" ? k.heard : k.scanned;
  return (
    <section class="card roomy stack" role="alert">
      <Who person={person} words={says(isolate(person.name))} />
      <p>{k.asked}</p>
      {digits === null ? null : <Overheard t={t} digits={digits} />}
      <Form action="/together" token={token} class="row">
        <input type="hidden" name="code" value={showing.token} />
        <button class="btn main-do" type="submit" name="do" value="yes">
          <span>
            <Isolated words={k.yes(isolate(person.name))} />
          </span>
        </button>
        <button class="btn risk" type="submit" name="do" value="no">
          {k.no}
        </button>
      </Form>
    </section>
  );
}

function Done({ visit: { t, token }, person }: { visit: Visit; person: PersonView }) {
  const k = t.together;
  return (
    <section class="card roomy stack">
      <Who person={person} words={k.done(isolate(person.name))} />
      <p>{k.doneMore}</p>
      <Form action="/together" token={token} class="row">
        <WriteTo t={t} person={person} />
        <button class="btn" type="submit" name="do" value="show">
          {k.again}
        </button>
      </Form>
    </section>
  );
}
