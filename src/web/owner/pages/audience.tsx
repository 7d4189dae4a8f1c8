import { Router } from "express";
import { asNodeError, NodeError } from "../../../lib/errors.ts";
import type { AudienceView } from "../../../social/audiences/audience.ts";
import { audience, members, suggested } from "../../../social/audiences/list.ts";
import { rename } from "../../../social/audiences/make.ts";
import { putIn } from "../../../social/audiences/put-in.ts";
import { removeAudience } from "../../../social/audiences/remove.ts";
import { askToDelete, takeOut } from "../../../social/audiences/take-out.ts";
import { personById } from "../../../social/people/find.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { AudiencePeople, type Found } from "../../html/audience-people.tsx";
import { Form } from "../../html/form.tsx";
import { Icon } from "../../html/icon.tsx";
import { Isolated, isolate } from "../../html/isolated.tsx";
import { Pager } from "../../html/pager.tsx";
import { TookOutNote } from "../../html/took-out.tsx";
import { inBackground } from "../in-background.ts";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { audienceTrouble, Why } from "./audiences.tsx";
import { choices } from "./recipients.ts";
import { peopleSought } from "./sought.ts";
import { tookOut } from "./took-out.ts";

const A_PAGE = 40;

/** One audience: who is in it, its name, and its end. */
export function audienceRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/people/audiences/:id", async (visit) => showOne(visit, await audienceIn(visit), {}, 200));
  kit.post(router, "/people/audiences/:id", async (visit) => act(visit, await audienceIn(visit)));
  kit.get(router, "/people/audiences/:id/remove", async (visit) =>
    showRemove(visit, await audienceIn(visit)),
  );
  kit.post(router, "/people/audiences/:id/remove", async (visit) => {
    const { acting, t } = visit;
    const { id } = await audienceIn(visit);
    await acting.transact((tx) => removeAudience(tx, acting.me, id, acting.now()));
    visit.go("/people/audiences", t.audiences.removed);
  });
  return router;
}

const pathOf = ({ id }: AudienceView) => `/people/audiences/${id}`;

async function audienceIn({ acting, part }: Visit): Promise<AudienceView> {
  const one = await audience(acting.read, part("id"));
  if (one === null) throw new NodeError("not-found", "no such audience");
  return one;
}

/** What the buttons do. */
async function act(visit: Visit, one: AudienceView): Promise<void> {
  const { acting, fields, now, t } = visit;
  const { me, transact } = acting;
  const out = fields.text("out");
  if (out !== "") {
    await transact((tx) => takeOut(tx, me, one.id, out, now));
    return visit.go(`${pathOf(one)}?out=${encodeURIComponent(out)}`);
  }
  switch (fields.text("do")) {
    case "add":
      return add(visit, one);
    case "put":
      return put(visit, one, await personIn(visit));
    case "ask": {
      const person = await personIn(visit);
      const asked = await transact((tx) => askToDelete(tx, me, person.id, now));
      return visit.go(pathOf(one), t.audiences.asked(asked));
    }
    case "rename":
      return renameIt(visit, one);
    default:
      throw new NodeError("bad-request", "no such act");
  }
}

async function personIn({ acting, fields }: Visit): Promise<PersonView> {
  const person = await personById(acting.read, fields.text("person"));
  if (person === null) throw new NodeError("person-not-found", "nobody of that id");
  return person;
}

/** Who is meant by a name: one is put in, several are shown, and nobody is said. */
async function add(visit: Visit, one: AudienceView): Promise<void> {
  const words = visit.fields.text("add").trim();
  const people = words === "" ? [] : await peopleSought(visit.acting, words);
  const [only] = people;
  if (people.length === 1 && only !== undefined) return put(visit, one, only);
  await showOne(visit, one, { found: { words, people } }, people.length === 0 ? 422 : 200);
}

async function put(visit: Visit, one: AudienceView, person: PersonView): Promise<void> {
  const { acting, now, t } = visit;
  const known = await acting.transact((tx) => putIn(tx, acting.me, one.id, [person.id], now));
  if (inBackground(visit.req)) return void visit.res.status(204).end();
  visit.go(pathOf(one), known === 0 ? t.audiences.already : t.audiences.added(isolate(person.name)));
}

async function renameIt(visit: Visit, one: AudienceView): Promise<void> {
  const { acting, fields, t } = visit;
  const name = fields.text("name");
  try {
    await acting.transact((tx) => rename(tx, one.id, name));
  } catch (error) {
    if (asNodeError(error).code === "audience-not-found") throw error;
    return showOne(visit, one, { rename: audienceTrouble(t, error), name }, 422);
  }
  visit.go(pathOf(one), t.audiences.renamed);
}

type Shown = { found?: Found; rename?: string; name?: string };

async function showOne(visit: Visit, one: AudienceView, shown: Shown, status: number): Promise<void> {
  const { acting, t, token, fields } = visit;
  const a = t.audiences;
  const people = await members(acting.read, one.id, askedPage(fields, A_PAGE));
  const took = await tookOut(visit, one.id, visit.req.method === "GET" ? fields.text("out") : "");
  const { people: known } = await choices(acting);
  const often = (await suggested(acting.read, one.id)).filter(({ id }) => id !== took?.person.id);
  await visit.show({
    title: a.title,
    current: "people",
    status,
    main: (
      <>
        <div class="page-head">
          <p class="up">
            <a href="/people/audiences">
              <Icon name="back" turn />
              {a.all}
            </a>
          </p>
          <h1>
            <bdi>{one.name}</bdi> <span class="muted">{one.count}</span>
          </h1>
          <a class="btn push" href={`/?audience=${one.id}`}>
            {a.read}
          </a>
        </div>
        {took === null ? null : <TookOutNote t={t} token={token} took={took} back={pathOf(one)} />}
        <AudiencePeople {...{ t, token, one, known, often }} people={people.items} found={shown.found} />
        <Pager t={t} page={people} path={pathOf(one)} />
        <RenameForm visit={visit} one={one} shown={shown} />
        <p>
          <a class="btn risk" href={`${pathOf(one)}/remove`}>
            <Icon name="bin" />
            {a.remove}
          </a>
        </p>
      </>
    ),
  });
}

function RenameForm({ visit: { t, token }, one, shown }: { visit: Visit; one: AudienceView; shown: Shown }) {
  const a = t.audiences;
  const wrong = shown.rename;
  return (
    <details class="fold card" open={wrong !== undefined}>
      <summary>
        <Icon name="pen" />
        {a.rename}
      </summary>
      <Form action={pathOf(one)} token={token} class="stack tight">
        <div class="join">
          <input
            name="name"
            value={shown.name ?? one.name}
            aria-label={a.renameLabel}
            maxlength={60}
            dir="auto"
            aria-describedby={wrong === undefined ? undefined : "name-e"}
          />
          <button class="btn" type="submit" name="do" value="rename">
            {a.rename}
          </button>
        </div>
        <Why id="name-e" words={wrong} />
      </Form>
    </details>
  );
}

async function showRemove(visit: Visit, one: AudienceView): Promise<void> {
  const { t, token } = visit;
  const a = t.audiences;
  await visit.show({
    title: a.title,
    current: "people",
    main: (
      <>
        <div class="page-head">
          <a class="btn bare" href={pathOf(one)}>
            <Icon name="back" turn />
            {t.back}
          </a>
          <h1>
            <Isolated words={a.removeHeading(isolate(one.name))} />
          </h1>
        </div>
        <section class="card roomy stack">
          <p>{a.removeText}</p>
          <Form action={`${pathOf(one)}/remove`} token={token} class="row">
            <button class="btn risk" type="submit">
              <Icon name="bin" />
              {a.removeGo}
            </button>
            <a class="btn" href={pathOf(one)}>
              {t.cancel}
            </a>
          </Form>
        </section>
      </>
    ),
  });
}
