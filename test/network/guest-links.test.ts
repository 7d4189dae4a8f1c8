import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ENTRANCE_LIFE } from "../../src/entrances.ts";
import { makeAudience } from "../../src/social/audiences/make.ts";
import { putIn } from "../../src/social/audiences/put-in.ts";
import { takeOut } from "../../src/social/audiences/take-out.ts";
import { makeGuest } from "../../src/social/guests/make.ts";
import { block } from "../../src/social/people/block.ts";
import { publish } from "../../src/social/posts/publish.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import type { Peer } from "../support/peer.ts";
import { type Face, openFace } from "../support/public-face.ts";

const HOUR = 60 * 60_000;

let fediverse: Fediverse;
let anna: Face;
let ben: Member;
let family: string;
/** Ben as Anna knows him. */
let benId: string;
let post: string;

beforeEach(async () => {
  fediverse = await createFediverse();
  anna = await openFace(fediverse, "Anna");
  ben = await fediverse.join("Ben");
  const { acting } = anna.member;
  benId = (await anna.member.federation.lookUp(ben.address)).personId;
  family = await acting.transact((tx) => makeAudience(tx, "Family", acting.now(), acting.random));
  await acting.transact((tx) => putIn(tx, acting.me, family, [benId], acting.now()));
  post = await forFamily("Plums for us");
});
afterEach(async () => {
  await anna[Symbol.asyncDispose]();
  await fediverse[Symbol.asyncDispose]();
});

async function forFamily(text: string): Promise<string> {
  const { transact, me, now, random, read } = anna.member.acting;
  const draft = { text, reach: "chosen" as const, to: [], audiences: [family] };
  const id = await transact((tx) => publish(tx, me, draft, now(), random));
  return new URL((await read.post.findUniqueOrThrow({ where: { id } })).uri).pathname;
}

const sessionOf = (member: Member) => `${member.uri}/session`;
const benAsks = async () => {
  const { personId } = await ben.federation.lookUp(anna.member.address);
  return ben.federation.askForPage(personId);
};
const open = async (url: string) => {
  const answer = await anna.ask(new URL(url).pathname);
  return { ...answer, cookie: String(answer.headers["set-cookie"] ?? "").split(";")[0] ?? "" };
};

/** What a request is answered with on the wire, as anybody can see it. */
async function said(request: Request) {
  const { pathname } = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  const {
    status,
    text,
    headers: back,
  } = await anna.ask(pathname, {
    method: request.method,
    headers,
    body: await request.text(),
  });
  return { status, text, back };
}

/** Somebody on a server made by hand, whom Anna knows or not. */
async function neighbour(name: string, known: boolean): Promise<{ peer: Peer; id: string }> {
  const peer = fediverse.peer(`${name}.example`, name);
  if (!known) return { peer, id: "" };
  const { personId } = await anna.member.federation.lookUp(peer.uri);
  return { peer, id: personId };
}

const knocks = (peer: Peer, to = sessionOf(anna.member)) => said(peer.signed(to, {}));

describe("a friend's node", () => {
  test("is given a link that opens once, and what it opens is what is for the friend", async () => {
    const { url, seconds } = await benAsks();
    expect(url).toMatch(new RegExp(`^http://${anna.member.host}/enter/[\\w-]{43}$`));
    expect(seconds).toBe(300);
    const { cookie } = await open(url);
    const page = await anna.ask(post, { headers: { cookie } });
    expect([page.status, page.text.includes("Plums for us"), page.text.includes("<bdi>Ben</bdi>")]).toEqual([
      200,
      true,
      true,
    ]);
    expect((await anna.ask(post)).status).toBe(404);
    expect((await open(url)).status).toBe(404);
  });

  test("A37: a link that was used, is five minutes old, or was changed is answered as what never was", async () => {
    const missing = await anna.ask("/enter/nothing");
    const [used, late] = [await benAsks(), await benAsks()];
    await open(used.url);
    fediverse.later = ENTRANCE_LIFE;
    for (const url of [used.url, late.url, `${late.url}x`]) {
      const { cookie, ...answer } = await open(url);
      expect(cookie).toBe("");
      expect(answer).toEqual(missing);
    }
  });

  test("what a friend may see is asked at every page: taken out is out", async () => {
    const { acting } = anna.member;
    const { cookie } = await open((await benAsks()).url);
    expect((await anna.ask(post, { headers: { cookie } })).status).toBe(200);
    await acting.transact((tx) => takeOut(tx, acting.me, family, benId, acting.now()));
    expect((await anna.ask(post, { headers: { cookie } })).status).toBe(404);
  });

  test("is told in plain words when there is no link", async () => {
    const { acting } = anna.member;
    await acting.transact((tx) => takeOut(tx, acting.me, family, benId, acting.now()));
    await acting.transact((tx) => tx.addressee.deleteMany());
    await expect(benAsks()).rejects.toMatchObject({ code: "no-link-given" });
    anna.member.turn("off");
    await expect(benAsks()).rejects.toMatchObject({ code: "link-not-now" });
    const { peer } = await neighbour("mastodon", false);
    const { personId } = await ben.federation.lookUp(peer.uri);
    await expect(ben.federation.askForPage(personId)).rejects.toMatchObject({ code: "no-link-given" });
  });

  test("A37: believes no link that leads elsewhere, and no answer that is none", async () => {
    const elsewhere = "http://evil.example/enter/";
    const token = "t".repeat(43);
    for (const body of [
      JSON.stringify({ url: elsewhere + token, expires: 300 }),
      JSON.stringify({ url: `http://${anna.member.host}/leave`, expires: 300 }),
      JSON.stringify({ url: `http://${anna.member.host}/enter/${token}?next=//evil.example`, expires: 300 }),
      JSON.stringify({ url: `http://me@${anna.member.host}/enter/${token}`, expires: 300 }),
      JSON.stringify({ url: `http://${anna.member.host}/enter/${token}`, expires: "soon" }),
      JSON.stringify({ url: `javascript:alert(1)//enter/${token}`, expires: 300 }),
      "[".repeat(5_000),
      "<p>",
      "x".repeat(2_000_000),
    ]) {
      fediverse.interfere(anna.member.host, async (request, go) =>
        request.method === "POST" ? new Response(body) : go(),
      );
      const answer = benAsks();
      await expect(answer, body.slice(0, 90)).rejects.toMatchObject({
        code: expect.stringMatching(/^(no-link-given|response-too-large)$/),
      });
    }
  });
});

describe("A37: whoever asks for a link without having anything to do with the owner", () => {
  test("is answered as for an address where nothing is, and nobody's key is fetched", async () => {
    const nothing = await knocks((await neighbour("nobody", false)).peer, `${anna.member.uri}/nothing`);
    expect(nothing.status).toBe(404);
    const { peer: stranger } = await neighbour("sam", false);
    const { peer: known } = await neighbour("kim", true);
    known.asked.length = 0;
    const plain = new Request(sessionOf(anna.member), { method: "POST", body: "{}" });
    expect(await said(plain)).toEqual(nothing);
    for (const peer of [stranger, known]) {
      expect(await knocks(peer)).toEqual(nothing);
      expect(peer.asked).toEqual([]);
    }
  });

  test("or is blocked, or claims to be a friend, or a guest, or the owner, gets the same", async () => {
    const { acting } = anna.member;
    const { peer: fred, id } = await neighbour("fred", true);
    const { peer: mallory } = await neighbour("mallory", true);
    await acting.transact((tx) => putIn(tx, acting.me, family, [id], acting.now()));
    const to = sessionOf(anna.member);
    expect((await knocks(fred)).status).toBe(200);
    const nothing = await knocks(mallory);
    expect(nothing.status).toBe(404);
    const ruth = await acting.transact((tx) => makeGuest(tx, "Ruth", acting.now(), acting.random));
    const { uri } = await acting.read.person.findUniqueOrThrow({ where: { id: ruth.id } });
    for (const keyId of [fred.keyId, `${uri}#main-key`, `${acting.me.ownerUri}#main-key`]) {
      expect(await said(mallory.signed(to, {}, { keyId })), keyId).toEqual(nothing);
    }
    expect(await said(fred.signed(to, {}, { without: ["digest"] }))).toEqual(nothing);
    expect(await said(fred.signed(`${anna.member.uri}/inbox`, {}))).not.toMatchObject({ status: 200 });
    await acting.transact((tx) => block(tx, id, acting.now()));
    expect(await knocks(fred)).toEqual(nothing);
  });

  test("or sends a friend's request once more, gets nothing: not at once, not later", async () => {
    const { acting } = anna.member;
    const { peer: fred, id } = await neighbour("fred", true);
    await acting.transact((tx) => putIn(tx, acting.me, family, [id], acting.now()));
    const [first, second] = [1, 2].map((n) => fred.signed(sessionOf(anna.member), { n }));
    if (first === undefined || second === undefined) throw new Error("no request");
    expect((await said(first.clone() as Request)).status).toBe(200);
    expect((await said(first)).status).toBe(404);
    fediverse.later = HOUR + 60_000;
    expect((await said(second)).status).toBe(404);
    fediverse.later = 0;
  });

  test("is told to come again when there are too many of them, before anything is looked up", async () => {
    await using crowded = await createFediverse({ limited: "still" });
    const ole = await crowded.join("Ole");
    const stranger = crowded.peer("sam.example", "sam");
    let last = 0;
    for (let n = 0; n < 400 && last !== 503; n += 1) {
      last = (await crowded.ask(stranger.signed(sessionOf(ole), {}))).status;
    }
    expect(last).toBe(503);
    expect(stranger.asked).toEqual([]);
  });
});
