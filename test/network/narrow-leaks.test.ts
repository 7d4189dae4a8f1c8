import { afterAll, beforeAll, expect, test } from "vitest";
import { makeAudience } from "../../src/social/audiences/make.ts";
import { putIn } from "../../src/social/audiences/put-in.ts";
import { boost } from "../../src/social/boosts/boost.ts";
import { pin } from "../../src/social/marks/pin.ts";
import { createFediverse, type Fediverse } from "../support/federated.ts";
import { say, subscribe } from "../support/neighbours.ts";
import { type Face, openFace } from "../support/public-face.ts";

/** A word that is in narrow posts only, looked for everywhere that anybody can get to. */
const CANARY = "larkspur-7741";
const DAY = 24 * 60 * 60_000;

const stack = new AsyncDisposableStack();
let fediverse: Fediverse;
let face: Face;
const narrow: string[] = [];
let open: string;

beforeAll(async () => {
  fediverse = stack.use(await createFediverse());
  face = stack.use(await openFace(fediverse, "Anna"));
  const anna = face.member;
  const ben = await fediverse.join("Ben");
  await subscribe(ben, anna);
  const { acting } = anna;
  const { personId } = await anna.federation.lookUp(`@${ben.address}`);
  const family = await acting.transact((tx) =>
    makeAudience(tx, `Family ${CANARY}`, acting.now(), acting.random),
  );
  await acting.transact((tx) => putIn(tx, acting.me, family, [personId], acting.now()));
  const toFamily = { reach: "chosen", audiences: [family] };
  open = await say(anna, "Open to all #weather");
  const poll = { options: [`${CANARY} yes`, "No"], multiple: false, endsIn: DAY };
  const titled = { title: `${CANARY} in a title`, text: `${CANARY} at length` };
  const posts: [string, object][] = [
    [`${CANARY} with a #weather tag`, { ...toFamily, warning: `${CANARY} ahead` }],
    [`${CANARY} as an answer`, { ...toFamily, replyToId: open }],
    [`${CANARY} asks`, { ...toFamily, poll }],
    [`${CANARY} for subscribers`, { reach: "subscribers", without: [personId] }],
    [`${CANARY} by name`, { reach: "chosen", to: [personId] }],
    [`${CANARY} for me`, { reach: "me" }],
    [`${CANARY} quotes`, { ...toFamily, quoteOfId: open }],
  ];
  for (const [text, extra] of posts) narrow.push(await say(anna, text, extra));
  narrow.push(await say(anna, titled.text, { ...toFamily, title: titled.title }));
});
afterAll(() => stack.disposeAsync());

const PAGE = { accept: "text/html" };
const DOCUMENT = { accept: "application/activity+json" };

/** Everything that can be got to from what anybody knows, as a page and as a document. */
async function everywhere(): Promise<Map<string, string>> {
  const { host } = face.member;
  const person = new URL(face.member.uri).pathname;
  const waiting = [
    "/",
    "/blog",
    "/tags/weather",
    person,
    `${person}/outbox`,
    `${person}/outbox?cursor=first`,
  ];
  waiting.push(`${person}/featured`, `${person}/followers`, "/.well-known/nodeinfo", "/nodeinfo/2.1");
  const seen = new Map<string, string>();
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    for (const headers of [PAGE, DOCUMENT]) {
      const key = `${headers.accept} ${path}`;
      if (seen.has(key)) continue;
      const { text, headers: answered } = await face.ask(path, { headers });
      seen.set(key, `${JSON.stringify(answered)}\n${text}`);
      const links = [...text.matchAll(/(?:href|src)="(\/[^"]*)"/g)].map(([, link = ""]) => link);
      const addresses = [...text.matchAll(new RegExp(`http://${host}(/[^"<> ]*)`, "g"))];
      waiting.push(...links, ...addresses.map(([, link = ""]) => link));
    }
  }
  return seen;
}

test("nothing of a narrow post is found by anybody: no page, list, tag, quote, answer, count or document", async () => {
  const all = await everywhere();
  expect(all.size).toBeGreaterThan(30);
  const uris = await Promise.all(
    narrow.map(async (id) => (await face.member.store.read.post.findUniqueOrThrow({ where: { id } })).uri),
  );
  for (const [where, text] of all) {
    expect(text.includes(CANARY), where).toBe(false);
    for (const uri of uris) expect(text.includes(uri), where).toBe(false);
  }
  const { uri } = await face.member.store.read.post.findUniqueOrThrow({ where: { id: open } });
  const page = all.get(`text/html ${new URL(uri).pathname}`) ?? "";
  expect(page).not.toMatch(/\b1 (?:reply|answer)\b/i);
  const list = all.get(`application/activity+json ${new URL(uri).pathname}/replies?page=first`) ?? "";
  expect(list).toContain('"items":[]');
});

test("what is not for everyone is not passed on, quoted openly, or put first where all see it", async () => {
  const { acting } = face.member;
  for (const id of narrow) {
    await expect(
      acting.transact((tx) => boost(tx, acting.me, id, acting.now(), acting.random)),
    ).rejects.toMatchObject({ code: "not-to-share" });
    await expect(say(face.member, "See this", { quoteOfId: id })).rejects.toMatchObject({
      code: "quote-not-allowed",
    });
    const pinning = acting.transact((tx) => pin(tx, acting.me, { postId: id, on: true }, acting.now()));
    await expect(pinning).rejects.toMatchObject({ code: "not-to-pin" });
  }
});
