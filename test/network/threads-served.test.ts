import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { setBlocked } from "../../src/social/people/queries.ts";
import { publish } from "../../src/social/posts/publish.ts";
import type { Reach } from "../../src/social/posts/reach.ts";
import { receivePost } from "../../src/social/posts/receive-post.ts";
import { remove } from "../../src/social/posts/remove.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { type Besieged, besiege } from "../support/besieged.ts";
import type { Peer } from "../support/peer.ts";

let at: Besieged;
beforeEach(async () => {
  at = await besiege();
});
afterEach(() => at[Symbol.asyncDispose]());

const AP = { Accept: "application/activity+json" };
type Json = Record<string, unknown>;

/** Anna's post; its address. */
async function say(reach: Reach, more: { replyToId?: string; to?: string[] } = {}): Promise<string> {
  const { acting } = at.anna;
  const draft = { text: "words", reach, ...more };
  const id = await acting.transact((tx) => publish(tx, acting.me, draft, acting.now(), acting.random));
  const row = await acting.read.post.findUniqueOrThrow({ where: { id } });
  return row.uri;
}

/** An answer arrives from somebody. */
async function answer(by: Peer, to: string, values: object = {}): Promise<string> {
  const note = at.note(by, { inReplyTo: to, ...values });
  expect(await at.send(by, at.activity(by, "Create", note))).toBe(202);
  return note.id;
}

async function get(address: string, by: Peer | null = null): Promise<Response> {
  const request = by === null ? new Request(address, { headers: AP }) : by.signedGet(address);
  return at.fediverse.ask(request);
}

/** Everything on the pages of a list, as the asker reads it; null: there is none. */
async function listed(address: string, by: Peer | null = null): Promise<string[] | null> {
  const answered = await get(address, by);
  if (answered.status !== 200) return null;
  const list: Json = await answered.json();
  expect(JSON.stringify(list)).not.toContain("totalItems");
  const items: string[] = [];
  for (let next = list["first"]; typeof next === "string"; ) {
    const page: Json = await (await get(next, by)).json();
    expect(page).toMatchObject({ id: next, partOf: address });
    expect(JSON.stringify(page)).not.toContain("totalItems");
    items.push(...((page["items"] ?? page["orderedItems"]) as string[]));
    next = page["next"];
  }
  return items;
}

/** Somebody whose subscription to Anna was accepted. */
async function subscriber(name: string): Promise<Peer> {
  const peer = at.stranger(name);
  const { acting, uri } = at.anna;
  await at.send(peer, at.activity(peer, "Follow", uri));
  await acting.transact((tx) => acceptRequest(tx, acting.me, idOf(peer.uri), acting.now()));
  return peer;
}

describe("the lists of an own post", () => {
  test("are named in it, and hold the answers that anybody may see, in order", async () => {
    const post = await say("everyone");
    const theirs = await answer(at.friend, post);
    const mine = await say("everyone", { replyToId: idOf(theirs) });
    const second = await answer(at.attacker, mine);
    const document: Json = await (await get(post)).json();
    expect(document).toMatchObject({ replies: `${post}/replies`, context: `${post}/context` });
    expect(await listed(`${post}/replies`)).toEqual([theirs]);
    expect(await listed(`${mine}/replies`)).toEqual([second]);
    expect(await listed(`${post}/context`)).toEqual([post, theirs, mine, second]);
    const list: Json = await (await get(`${post}/context`)).json();
    expect(list).toMatchObject({ type: "OrderedCollection", attributedTo: at.anna.uri });
    expect(await (await get(mine)).json()).toMatchObject({ context: `${post}/context` });
    expect(await listed(`${mine}/context`)).toBeNull();
  });

  test("name the thread as its own author does, in answers to others", async () => {
    const context = `${at.friend.origin}/threads/1`;
    const note = at.note(at.friend, { context });
    await at.send(at.friend, at.activity(at.friend, "Create", note));
    const between = await answer(at.attacker, note.id);
    const mine = await say("everyone", { replyToId: idOf(between) });
    expect(await (await get(mine)).json()).toMatchObject({ context, inReplyTo: between });
  });

  test("go on over pages, whose cursors tell no order and no time", async () => {
    const post = await say("everyone");
    const { acting } = at.anna;
    const uris: string[] = [];
    await acting.transact(async (tx) => {
      for (let n = 0; n < 85; n += 1) {
        const card = cardOf(at.friend, `${at.friend.origin}/many/${n}`, post, acting.now() - 1000 + n);
        expect(await receivePost(tx, acting.me, card, acting.now())).toBe("stored");
        uris.push(card.uri);
      }
    });
    expect(await listed(`${post}/replies`)).toEqual(uris);
    const page: Json = await (await get(`${post}/replies?page=first`)).json();
    expect(page["items"]).toHaveLength(40);
    expect(page["next"]).toBe(`${post}/replies?page=${idOf(uris[39] ?? "")}`);
    for (const odd of ["x", "0".repeat(32), "a".repeat(400), ""])
      expect((await get(`${post}/replies?page=${odd}`)).status).toBe(404);
  });

  test("show nobody what was deleted, who is blocked, and who waits at the gate", async () => {
    const post = await say("everyone");
    const theirs = await answer(at.friend, post);
    const shut = await answer(at.attacker, post);
    const mine = await say("everyone", { replyToId: idOf(post) });
    await answer(at.stranger("waiting"), post);
    expect(await listed(`${post}/replies`)).toEqual([theirs, shut, mine]);
    const { acting } = at.anna;
    await acting.transact(async (tx) => {
      await setBlocked(tx, idOf(at.attacker.uri), acting.now());
      await remove(tx, acting.me, idOf(mine), acting.now());
    });
    expect(await listed(`${post}/replies`)).toEqual([theirs]);
    expect(await listed(`${post}/context`)).toEqual([post, theirs]);
    expect((await get(`${post}/replies`, at.attacker)).status).toBe(404);
  });

  test("do not list strangers whose answers were only found in other people's lists", async () => {
    const post = await say("everyone");
    const carol = at.stranger("carol");
    await at.anna.federation.lookUp(carol.uri);
    const { acting } = at.anna;
    const card = cardOf(carol, `${carol.origin}/n/1`, post, acting.now());
    await acting.transact((tx) => receivePost(tx, acting.me, card, acting.now(), "answer"));
    expect(await at.stored(card.uri)).not.toBeNull();
    expect(await listed(`${post}/replies`)).toEqual([]);
  });

  test("of a page for people are no page, and nobody makes one of them by asking for it", async () => {
    const post = await say("everyone");
    const headers = { Accept: "text/html,application/xhtml+xml,*/*;q=0.8" };
    for (const list of ["replies", "context"]) {
      const request = new Request(`${post}/${list}`, { headers });
      expect(await at.anna.federation.handle(request)).toBeNull();
    }
  });
});

describe("the lists of a post that is not for everyone", () => {
  test("answer those who may see it and nobody else, as if there were none", async () => {
    const ben = await subscriber("ben");
    const post = await say("subscribers");
    const theirs = await answer(ben, post);
    for (const list of ["replies", "context"]) {
      const [hidden, never] = await Promise.all([
        get(`${post}/${list}`),
        get(`http://${at.anna.host}/posts/${"a".repeat(32)}/${list}`),
      ]);
      expect([hidden.status, await hidden.text()]).toEqual([never.status, await never.text()]);
      expect(hidden.status).toBe(404);
      expect((await get(`${post}/${list}?page=first`)).status).toBe(404);
      expect((await get(`${post}/${list}`, at.friend)).status).toBe(404);
      expect((await get(`${post}/${list}`, ben)).status).toBe(200);
    }
    expect(await listed(`${post}/replies`, ben)).toEqual([theirs]);
    expect(await listed(`${post}/context`, ben)).toEqual([post, theirs]);
  });

  test("name nothing that the asker may not see: answers to some, and what is unlisted for strangers", async () => {
    const ben = await subscriber("ben");
    const post = await say("everyone");
    const parts = {
      everyone: await say("everyone", { replyToId: idOf(post) }),
      unlisted: await say("unlisted", { replyToId: idOf(post) }),
      subscribers: await say("subscribers", { replyToId: idOf(post) }),
      chosen: await say("chosen", { replyToId: idOf(post), to: [idOf(ben.uri)] }),
      mine: await say("me", { replyToId: idOf(post) }),
    };
    await answer(at.friend, post, { to: at.anna.uri });
    expect(await listed(`${post}/replies`)).toEqual([parts.everyone]);
    expect(await listed(`${post}/replies`, at.friend)).toEqual([parts.everyone, parts.unlisted]);
    expect(await listed(`${post}/replies`, ben)).toEqual([
      parts.everyone,
      parts.unlisted,
      parts.subscribers,
      parts.chosen,
    ]);
    for (const list of ["replies", "context"]) expect(await listed(`${parts.mine}/${list}`)).toBeNull();
  });
});

function cardOf(by: Peer, uri: string, replyToUri: string, publishedAt: number) {
  return {
    ...{ uri, authorId: idOf(by.uri), kind: "note", html: "<p>x</p>", title: "", warning: "" },
    ...{ language: "", url: "", reach: "everyone" as const, publishedAt, editedAt: 0, replyToUri },
    ...{ mentions: [], to: [] },
  };
}
