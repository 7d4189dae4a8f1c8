import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { LONGEST_WORDS } from "../../../social/friends/friendship.ts";
import { introduce } from "../../../social/friends/introduce.ts";
import { personById } from "../../../social/people/find.ts";
import { listPeople } from "../../../social/people/list.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { Field, Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { Pager } from "../../html/pager.tsx";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";

const A_PAGE = 40;

/** One friend is introduced to another: both are told of each other. */
export function introduceRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/people/:id/introduce", async (visit) =>
    show(visit, await friendOf(visit, visit.part("id"))),
  );
  kit.post(router, "/people/:id/introduce", async (visit) => {
    const { acting, fields, t, now } = visit;
    const one = await friendOf(visit, visit.part("id"));
    if (fields.text("to") === "") return show(visit, one, fields.text("words"), t.friends.introduceNone);
    const other = await friendOf(visit, fields.text("to"));
    const pair = { one: one.id, other: other.id, words: fields.text("words") };
    await acting.transact((tx) => introduce(tx, acting.me, pair, now, acting.random));
    visit.go(`/people/${one.id}`, t.friends.introduceDone(one.name, other.name));
  });
  return router;
}

/** Throws "person-not-found" for whoever is none, or cannot be told. */
async function friendOf({ acting }: Visit, id: string): Promise<PersonView> {
  const person = await personById(acting.read, id);
  if (person === null || !canBeTold(person)) throw new NodeError("person-not-found", "no friend of that id");
  return person;
}

function canBeTold({ friend, gone, blocked }: PersonView): boolean {
  return friend?.state === "friends" && !friend.confirmed && !gone && !blocked;
}

async function show(visit: Visit, person: PersonView, words = "", wrong?: string): Promise<void> {
  const { acting, t, token, fields, now } = visit;
  const f = t.friends;
  const friends = await listPeople(acting.read, "friends", askedPage(fields, A_PAGE), now);
  const others = friends.items.filter((one) => one.id !== person.id && canBeTold(one));
  const path = `/people/${person.id}/introduce`;
  await visit.show({
    title: f.introduceTitle,
    current: "people",
    status: wrong === undefined ? 200 : 422,
    main: (
      <>
        <div class="page-head">
          <h1>
            <Isolated words={f.introduceHeading(isolate(person.name))} />
          </h1>
        </div>
        <p class="muted">
          <Isolated words={f.introduceLead(isolate(person.name))} />
        </p>
        {others.length === 0 ? (
          <p class="muted">{f.introduceNobody}</p>
        ) : (
          <Form action={path} token={token} class="card stack">
            <fieldset>
              <legend>{f.introduceWho}</legend>
              {others.map((one) => (
                <label class="choice">
                  <input type="radio" name="to" value={one.id} />
                  <bdi>{one.name}</bdi>
                </label>
              ))}
            </fieldset>
            <Field id="words" label={f.words} hint={f.wordsHint} wrong={wrong}>
              {(describedBy) => (
                <textarea
                  id="words"
                  name="words"
                  rows={3}
                  maxlength={LONGEST_WORDS}
                  dir="auto"
                  aria-describedby={describedBy}
                >
                  {words}
                </textarea>
              )}
            </Field>
            <div class="row end">
              <a class="btn" href={`/people/${person.id}`}>
                {t.back}
              </a>
              <button class="btn main-do" type="submit">
                <Icon name="send" />
                {f.introduceGo}
              </button>
            </div>
          </Form>
        )}
        <Pager t={t} page={friends} path={path} />
      </>
    ),
  });
}
