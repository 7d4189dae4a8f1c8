import type { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import { addAlias, removeAlias } from "../../../social/moving/aliases.ts";
import { moveAway, takeMoveBack } from "../../../social/moving/move-away.ts";
import { MOVE_AGAIN_MS, type Moving, moving } from "../../../social/moving/moving.ts";
import { personById } from "../../../social/people/find.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { subscriberIds } from "../../../social/subscriptions/queries.ts";
import { Field, Form, PassphraseField, ShowTyped } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { addressWords } from "../../html/moved.tsx";
import { Note } from "../../html/note.tsx";
import { sentence } from "../../messages/messages.ts";
import type { Kit, Visit } from "../kit.ts";
import { settingPage } from "./setting-page.tsx";

const DAY = 24 * 60 * 60_000;

type Wrong = { from?: string; to?: string; passphrase?: string };
type Shown = { wrong: Wrong; from?: string; to?: string; confirm?: PersonView };

/** Coming from another address, and going to one. */
export function movingRoutes(kit: Kit, router: Router): void {
  kit.get(router, "/settings/moving", (visit) => show(visit, { wrong: {} }));
  kit.post(router, "/settings/moving/from", cameFrom);
  kit.post(router, "/settings/moving/forget", async (visit) => {
    const { acting, fields, now, t } = visit;
    await acting.transact((tx) => removeAlias(tx, acting.me, fields.text("uri"), now));
    visit.go("/settings/moving", t.moving.fromRemoved);
  });
  kit.post(router, "/settings/moving/to", lookThere);
  kit.post(router, "/settings/moving/go", (visit) => goThere(kit, visit));
  kit.post(router, "/settings/moving/back", async (visit) => {
    const { acting, now, t } = visit;
    await acting.transact((tx) => takeMoveBack(tx, acting.me, now));
    visit.go("/settings/moving", t.moving.backDone);
  });
}

async function cameFrom(visit: Visit): Promise<void> {
  const { acting, fields, now, t } = visit;
  const from = fields.text("from");
  try {
    const { personId } = await acting.lookUp(from);
    await acting.transact((tx) => addAlias(tx, acting.me, personId, now));
  } catch (error) {
    return show(visit, { from, wrong: { from: sentenceOf(visit, error) } });
  }
  visit.go("/settings/moving", t.moving.fromAdded);
}

/** Asked there now: they have just written down, perhaps, what was not there when it was last read. */
async function lookThere(visit: Visit): Promise<void> {
  const { acting, fields, t } = visit;
  const to = fields.text("to");
  let person: PersonView | null = null;
  try {
    const { personId } = await acting.lookUpAnew(to);
    person = await personById(acting.read, personId);
  } catch (error) {
    return show(visit, { to, wrong: { to: sentenceOf(visit, error) } });
  }
  if (person === null) throw new NodeError("person-not-found", "gone meanwhile");
  if (person.aliases.includes(acting.me.ownerUri)) return show(visit, { wrong: {}, confirm: person });
  const own = `@${acting.me.handle}@${acting.me.onion}`;
  return show(visit, { to, wrong: { to: t.moving.notNamed(own) } });
}

async function goThere(kit: Kit, visit: Visit): Promise<void> {
  const { acting, fields, now, t } = visit;
  const person = await personById(acting.read, fields.text("person"));
  if (person === null) throw new NodeError("person-not-found", "no person of that id");
  try {
    await kit.ports.unlock(fields.text("passphrase"));
  } catch (error) {
    return show(visit, { confirm: person, wrong: { passphrase: sentenceOf(visit, error) } });
  }
  try {
    await acting.transact((tx) => moveAway(tx, acting.me, person.id, now));
  } catch (error) {
    return show(visit, { to: person.address, wrong: { to: sentenceOf(visit, error) } });
  }
  visit.go("/settings/moving", t.moving.done);
}

function sentenceOf({ t }: Visit, error: unknown): string {
  const known = asNodeError(error);
  if (known.code === "internal") throw error;
  return sentence(t, known);
}

async function show(visit: Visit, shown: Shown): Promise<void> {
  const { acting, t, token } = visit;
  const now = await moving(acting.read, acting.me);
  const main = (
    <>
      {now.to === null ? null : (
        <Note tone="warn" icon="swap">
          <p>
            <b>
              <Isolated words={t.moving.moved(isolate(addressWords(now.to)))} />
            </b>{" "}
            {t.moving.movedMore}
          </p>
          <Form action="/settings/moving/back" token={token}>
            <button class="btn" type="submit">
              {t.moving.back}
            </button>
          </Form>
        </Note>
      )}
      <From t={t} token={token} now={now} shown={shown} />
      {now.to !== null ? null : <Away {...{ visit, shown, lastAt: now.lastAt }} people={await told(visit)} />}
    </>
  );
  const status = Object.keys(shown.wrong).length === 0 ? 200 : 422;
  await visit.show(settingPage(visit, t.moving.title, main, status));
}

async function told({ acting }: Visit): Promise<number> {
  return (await subscriberIds(acting.read, acting.me.ownerId)).length;
}

type FromProps = { t: Visit["t"]; token: string; now: Moving; shown: Shown };

function From({ t, token, now, shown }: FromProps) {
  const m = t.moving;
  return (
    <section class="card roomy stack" aria-labelledby="from-h">
      <h2 id="from-h">{m.from}</h2>
      <p class="small muted">{m.fromLead}</p>
      {now.aliases.length === 0 ? null : (
        <ul class="list">
          {now.aliases.map((alias) => (
            <li class="row">
              <span class="mono grow" dir="ltr">
                {addressWords(alias)}
              </span>
              <Form action="/settings/moving/forget" token={token}>
                <button class="btn" type="submit" name="uri" value={alias.uri}>
                  <span aria-hidden="true">{m.remove}</span>
                  <span class="vh">{m.fromRemove(addressWords(alias))}</span>
                </button>
              </Form>
            </li>
          ))}
        </ul>
      )}
      <Form action="/settings/moving/from" token={token} class="stack">
        <AddressField id="from" label={m.fromLabel} value={shown.from ?? ""} wrong={shown.wrong.from} />
        <div class="row end">
          <button class="btn" type="submit" data-busy>
            <Icon name="plus" />
            {m.fromGo}
          </button>
        </div>
      </Form>
    </section>
  );
}

type AwayProps = { visit: Visit; shown: Shown; lastAt: number; people: number };

function Away({ visit, shown, lastAt, people }: AwayProps) {
  const { t, token, now } = visit;
  const m = t.moving;
  const wait = lastAt === 0 ? 0 : Math.ceil((lastAt + MOVE_AGAIN_MS - now) / DAY);
  return (
    <section class="card roomy stack" aria-labelledby="away-h">
      <h2 id="away-h">{m.away}</h2>
      <p class="small muted">{m.awayLead}</p>
      {wait > 0 ? (
        <p>{m.soon(wait)}</p>
      ) : shown.confirm !== undefined ? (
        <Confirm {...{ t, token, people }} person={shown.confirm} wrong={shown.wrong.passphrase} />
      ) : (
        <Form action="/settings/moving/to" token={token} class="stack">
          <AddressField id="to" label={m.awayLabel} value={shown.to ?? ""} wrong={shown.wrong.to} />
          <div class="row end">
            <button class="btn" type="submit" data-busy>
              <Icon name="search" />
              {m.awayGo}
            </button>
          </div>
        </Form>
      )}
    </section>
  );
}

type ConfirmProps = {
  t: Visit["t"];
  token: string;
  person: PersonView;
  people: number;
  wrong: string | undefined;
};

function Confirm({ t, token, person, people, wrong }: ConfirmProps) {
  const m = t.moving;
  return (
    <Form action="/settings/moving/go" token={token} class="stack">
      <h3 dir="ltr">{m.awayTo(`@${person.address}`)}</h3>
      <p>{m.awayConfirm(people)}</p>
      <input type="hidden" name="person" value={person.id} />
      <PassphraseField id="passphrase" label={m.awayPassphrase} wrong={wrong} current />
      <ShowTyped t={t} />
      <div class="row end">
        <a class="btn" href="/settings/moving">
          {t.back}
        </a>
        <button class="btn main-do" type="submit" data-busy>
          {m.awayDo}
        </button>
      </div>
    </Form>
  );
}

type AddressProps = { id: string; label: string; value: string; wrong: string | undefined };

function AddressField({ id, label, value, wrong }: AddressProps) {
  return (
    <Field id={id} label={label} wrong={wrong}>
      {(describedBy) => (
        <input
          id={id}
          name={id}
          value={value}
          required
          dir="ltr"
          autocapitalize="none"
          spellcheck={false}
          aria-describedby={describedBy}
          aria-invalid={wrong === undefined ? undefined : "true"}
        />
      )}
    </Field>
  );
}
