import { Router } from "express";
import { NodeError } from "../../../lib/errors.ts";
import { audiences, audiencesOf } from "../../../social/audiences/list.ts";
import { putIn } from "../../../social/audiences/put-in.ts";
import { takeOut } from "../../../social/audiences/take-out.ts";
import { introductionsOf } from "../../../social/friends/queries.ts";
import { letIn } from "../../../social/gate/let-in.ts";
import { turnAway } from "../../../social/gate/turn-away.ts";
import { MUTE_CHOICES, type MuteChoice, mute, unmute } from "../../../social/muting/mute.ts";
import { block, removeSubscriber, unblock } from "../../../social/people/block.ts";
import { personById } from "../../../social/people/find.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { pinnedPosts, postsOf } from "../../../social/posts/timelines.ts";
import { personFields } from "../../../social/profile/person-fields.ts";
import { askToSubscribe } from "../../../social/subscriptions/ask.ts";
import { endSubscription } from "../../../social/subscriptions/end.ts";
import { theOwner } from "../../../social/viewer.ts";
import { Face, shortAddress } from "../../html/face.tsx";
import { Facts } from "../../html/facts.tsx";
import { MessageLink } from "../../html/message-link.tsx";
import { PersonAliases, PersonMoved } from "../../html/moved.tsx";
import { Pager } from "../../html/pager.tsx";
import { PersonAudiences } from "../../html/person-audiences.tsx";
import { PersonQuiet } from "../../html/person-quiet.tsx";
import { MEDIA, Post } from "../../html/post.tsx";
import { Prose } from "../../html/prose.tsx";
import { Standing } from "../../html/standing.tsx";
import { TookOutNote } from "../../html/took-out.tsx";
import type { Kit, Visit } from "../kit.ts";
import { askedPage } from "./asked-page.ts";
import { friendActs } from "./friend-acts.ts";
import { insideLink } from "./inside-link.ts";
import { tookOut } from "./took-out.ts";

const MOST_INTRODUCTIONS = 5;

import { TheirPage } from "./their-page.tsx";

type Act = (visit: Visit, person: PersonView) => Promise<unknown>;

/** What the buttons of a person's page do. */
const acts: Readonly<Record<string, Act>> = {
  ...friendActs,
  subscribe: ({ acting, now }, { id }) => acting.transact((tx) => askToSubscribe(tx, acting.me, id, now)),
  unsubscribe: ({ acting, now }, { id }) => acting.transact((tx) => endSubscription(tx, acting.me, id, now)),
  accept: ({ acting, now }, { id }) => acting.transact((tx) => letIn(tx, acting.me, id, now)),
  decline: ({ acting, now }, { id }) => acting.transact((tx) => turnAway(tx, acting.me, id, now)),
  remove: ({ acting, now }, { id }) => acting.transact((tx) => removeSubscriber(tx, id, now)),
  block: ({ acting, now }, { id }) => acting.transact((tx) => block(tx, id, now)),
  unblock: ({ acting }, { id }) => acting.transact((tx) => unblock(tx, id)),
  mute: ({ acting, now, fields }, { id }) => {
    const how = { lasting: muteChoice(fields.text("for")), notices: fields.text("notices") === "yes" };
    return acting.transact((tx) => mute(tx, id, how, now));
  },
  unmute: ({ acting }, { id }) => acting.transact((tx) => unmute(tx, id)),
};

/** Milliseconds; throws "bad-request" for a choice that is none of ours. */
function muteChoice(text: string): number {
  const choice = (Object.keys(MUTE_CHOICES) as MuteChoice[]).find((one) => one === text);
  if (choice === undefined) throw new NodeError("bad-request", "no such time");
  return MUTE_CHOICES[choice];
}

/** One person: who they are, how the owner stands to them, and their posts. */
export function personRoutes(kit: Kit): Router {
  const router = Router();
  kit.get(router, "/people/:id", (visit) => show(kit, visit));
  kit.post(router, "/people/:id/audiences", async (visit) => {
    const person = await personOf(visit);
    if (person.isOwner) throw new NodeError("bad-request", "the owner is in no audience");
    const out = await changeMembership(visit, person.id);
    visit.go(`/people/${person.id}${out === "" ? "" : `?out=${out}`}`, visit.t.saved);
  });
  const act = async (visit: Visit) => {
    const person = await personOf(visit);
    const name = visit.fields.text("do");
    const doing = Object.hasOwn(acts, name) ? acts[name] : undefined;
    if (doing === undefined || person.isOwner || person.guest)
      throw new NodeError("bad-request", "no such act");
    await doing(visit, person);
    return person;
  };
  kit.post(router, "/people/:id", async (visit) => {
    const person = await act(visit);
    const isRole = visit.fields.text("do") === "friend-role";
    visit.go(`/people/${person.id}`, isRole ? visit.t.friends.roleKept : undefined);
  });
  return router;
}

async function personOf({ acting, part }: Visit): Promise<PersonView> {
  const person = await personById(acting.read, part("id"));
  if (person === null) throw new NodeError("person-not-found", "no person of that id");
  return person;
}

/** Only of those that stood in the form; the id of one that they were taken out of, or "". */
async function changeMembership({ acting, fields, now }: Visit, personId: string): Promise<string> {
  const { me, transact, read } = acting;
  const [shown, ticked] = [new Set(fields.all("shown")), new Set(fields.all("in"))];
  const within = new Set(await audiencesOf(read, personId));
  const there = (await audiences(read)).filter(({ id }) => shown.has(id));
  const out = there.filter(({ id }) => within.has(id) && !ticked.has(id));
  await transact(async (tx) => {
    for (const { id } of there.filter((one) => !within.has(one.id) && ticked.has(one.id))) {
      await putIn(tx, me, id, [personId], now);
    }
    for (const { id } of out) await takeOut(tx, me, id, personId, now);
  });
  return out[0]?.id ?? "";
}

async function show(kit: Kit, visit: Visit): Promise<void> {
  const { acting, t, token, now, fields } = visit;
  const person = await personOf(visit);
  if (person.isOwner) return visit.go("/profile");
  if (person.guest) return visit.go(`/people/guests/${person.id}`);
  const posts = await postsOf(acting.read, acting.me, person.id, theOwner, askedPage(fields));
  const first = fields.text("before") === "" && fields.text("after") === "";
  const pinned = first ? await pinnedPosts(acting.read, acting.me, person.id, theOwner) : [];
  const introduced = await introductionsOf(acting.read, person.id, MOST_INTRODUCTIONS);
  const facts = await personFields(acting.read, person.id);
  const all = person.gone ? [] : await audiences(acting.read);
  const within = new Set(await audiencesOf(acting.read, person.id));
  const took = await tookOut(visit, fields.text("out"), person.id);
  const outward = (html: string) => kit.outward(html, insideLink);
  await visit.show({
    title: t.person.title,
    current: "people",
    main: (
      <>
        <section class="card hero">
          <div class="in stack">
            <Face person={person} size="xl" media={MEDIA} />
            <div>
              <h1 dir="auto">{person.name}</h1>
              <p class="addr" dir="ltr">
                @{shortAddress(person.address)}
              </p>
            </div>
            <p>
              <MessageLink t={t} person={person} />
            </p>
            <Prose html={outward(person.aboutHtml)} />
            <Facts facts={facts.map(({ label, html }) => ({ label, html: outward(html) }))} />
            <details class="fold">
              <summary>{t.person.addressWhole}</summary>
              <p class="mono" dir="ltr">
                @{person.address}
              </p>
              <PersonAliases t={t} person={person} />
            </details>
          </div>
        </section>
        <PersonMoved t={t} person={person} />
        <Standing t={t} token={token} person={person} introduced={introduced} />
        {took === null ? null : <TookOutNote t={t} token={token} took={took} back={`/people/${person.id}`} />}
        <PersonAudiences {...{ t, token, person, all, within }} />
        <TheirPage t={t} token={token} person={person} />
        <PersonQuiet t={t} token={token} person={person} now={now} />
        <section class="stack" aria-label={t.person.posts}>
          <h2 class="vh">{t.person.posts}</h2>
          {posts.items.length > 0 ? null : (
            <p class="muted">
              {person.subscribed === "accepted" ? t.person.noPosts : t.person.noPostsStranger}
            </p>
          )}
          {pinned.map((post) => (
            <Post {...{ t, now, token, post, outward }} back={`/people/${person.id}`} anchor={false} />
          ))}
          {posts.items.map((post) => (
            <Post {...{ t, now, token, post, outward }} back={`/people/${person.id}`} />
          ))}
        </section>
        <Pager t={t} page={posts} path={`/people/${person.id}`} />
      </>
    ),
  });
}
