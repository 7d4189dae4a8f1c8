import type { AudienceView } from "../../../social/audiences/audience.ts";
import { audience, audiences, audiencesOf, members } from "../../../social/audiences/list.ts";
import { makeAudience, rename } from "../../../social/audiences/make.ts";
import { putIn } from "../../../social/audiences/put-in.ts";
import { removeAudience } from "../../../social/audiences/remove.ts";
import { takeOut } from "../../../social/audiences/take-out.ts";
import { homeTimeline } from "../../../social/posts/timelines.ts";
import { type Answer, type Call, siteOf } from "../call.ts";
import type { Door } from "../door.ts";
import { list, text } from "../fields.ts";
import { personOf, statusesOf } from "../find.ts";
import { askedPage, pagedAnswer, sift } from "../paging.ts";
import { notFound, notUnderstood } from "../refuse.ts";
import { accountOf } from "../shapes/account.ts";

/** Audiences, as Mastodon's lists: who is in one, and what they write. Who gets a post is chosen on the owner's page. */
export function listRoutes(door: Door): void {
  door.get("/api/v1/lists", "read:lists", async ({ acting }) => ({
    json: (await audiences(acting.read)).map(shapeOf),
  }));
  door.get("/api/v1/lists/:id", "read:lists", async (call) => ({ json: shapeOf(await listIn(call)) }));
  door.post("/api/v1/lists", "write:lists", make);
  door.put("/api/v1/lists/:id", "write:lists", change);
  door.delete("/api/v1/lists/:id", "write:lists", remove);
  door.get("/api/v1/lists/:id/accounts", "read:lists", accounts);
  door.post("/api/v1/lists/:id/accounts", "write:lists", putInto);
  door.delete("/api/v1/lists/:id/accounts", "write:lists", takeFrom);
  door.get("/api/v1/accounts/:id/lists", "read:lists", listsOf);
  door.get("/api/v1/timelines/list/:id", "read:lists", timeline);
}

/** Answers to people outside are shown as on home, and what is in a list is on home too: nothing else is kept. */
const shapeOf = ({ id, name }: AudienceView) => ({
  id,
  title: name,
  replies_policy: "list",
  exclusive: false,
});

async function listIn(call: Call): Promise<AudienceView> {
  const one = await audience(call.acting.read, call.part("id"));
  if (one === null) throw notFound();
  return one;
}

function titleIn(call: Call): string {
  const title = text(call.fields, "title") ?? "";
  if (title.trim() === "") throw notUnderstood("Validation failed: Title can't be blank");
  return title;
}

async function make(call: Call): Promise<Answer> {
  const { acting } = call;
  const title = titleIn(call);
  const id = await acting.transact((tx) => makeAudience(tx, title, acting.now(), acting.random));
  const one = await audience(acting.read, id);
  if (one === null) throw notFound();
  return { json: shapeOf(one) };
}

/** Without a title there is nothing of it to change. */
async function change(call: Call): Promise<Answer> {
  const { id } = await listIn(call);
  if (text(call.fields, "title") !== undefined) {
    const title = titleIn(call);
    await call.acting.transact((tx) => rename(tx, id, title));
  }
  return { json: shapeOf(await listIn(call)) };
}

async function remove(call: Call): Promise<Answer> {
  const { id } = await listIn(call);
  const { acting } = call;
  await acting.transact((tx) => removeAudience(tx, acting.me, id, acting.now()));
  return { json: {} };
}

async function accounts(call: Call): Promise<Answer> {
  const { id } = await listIn(call);
  const got = await members(call.acting.read, id, askedPage(call.fields, 40).page);
  return pagedAnswer(
    call,
    got.items.map((person) => accountOf(person, siteOf(call))),
    got,
  );
}

/** Their ids here; "not-found" when one of them is nobody's. */
async function peopleIn(call: Call): Promise<string[]> {
  const asked = list(call.fields, "account_ids");
  if (asked.length === 0) throw notUnderstood("Say whom: account_ids is empty.");
  const people = [];
  for (const id of new Set(asked)) people.push(await personOf(call, id));
  if (people.some(({ isOwner }) => isOwner)) throw notUnderstood("That is you.");
  return people.map(({ id }) => id);
}

async function putInto(call: Call): Promise<Answer> {
  const { id } = await listIn(call);
  const { acting } = call;
  const people = await peopleIn(call);
  await acting.transact((tx) => putIn(tx, acting.me, id, people, acting.now()));
  return { json: {} };
}

/** Who is not in it is left alone. */
async function takeFrom(call: Call): Promise<Answer> {
  const { id } = await listIn(call);
  const { acting } = call;
  for (const person of await peopleIn(call)) {
    if (!(await audiencesOf(acting.read, person)).includes(id)) continue;
    await acting.transact((tx) => takeOut(tx, acting.me, id, person, acting.now()));
  }
  return { json: {} };
}

async function listsOf(call: Call): Promise<Answer> {
  const person = await personOf(call, call.part("id"));
  const within = new Set(await audiencesOf(call.acting.read, person.id));
  const all = await audiences(call.acting.read);
  return { json: all.filter(({ id }) => within.has(id)).map(shapeOf) };
}

async function timeline(call: Call): Promise<Answer> {
  const { id } = await listIn(call);
  const { read, me } = call.acting;
  const got = await sift(
    askedPage(call.fields),
    (page) => homeTimeline(read, me, page, call.acting.now(), id),
    () => true,
  );
  return pagedAnswer(call, await statusesOf(call, got.items), got);
}
