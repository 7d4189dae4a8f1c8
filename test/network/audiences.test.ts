import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { makeAudience } from "../../src/social/audiences/make.ts";
import { putIn } from "../../src/social/audiences/put-in.ts";
import { takeOut } from "../../src/social/audiences/take-out.ts";
import { addWelcome } from "../../src/social/gate/queries.ts";
import { AS, type Besieged, besiege } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import { openMediaHost } from "../support/media-host.ts";
import { say } from "../support/neighbours.ts";
import { createPeer, newKeys, type Peer } from "../support/peer.ts";

/** What a post for some people lets others find out: nothing. */
let at: Besieged;
let family: string;
let friendId: string;
beforeEach(async () => {
  at = await besiege();
  const { acting, federation } = at.anna;
  friendId = (await federation.lookUp(at.friend.uri)).personId;
  family = await acting.transact((tx) => makeAudience(tx, "Family", acting.now(), acting.random));
  await acting.transact((tx) => putIn(tx, acting.me, family, [friendId], acting.now()));
});
afterEach(() => at[Symbol.asyncDispose]());

const narrow = (text: string, extra: object = {}) =>
  say(at.anna, text, { reach: "chosen", audiences: [family], ...extra });
const uriOf = async (id: string) => (await at.anna.store.read.post.findUniqueOrThrow({ where: { id } })).uri;
const missing = () => `http://${at.anna.host}/posts/${"0".repeat(32)}`;
const outOfFamily = () =>
  at.anna.acting.transact((tx) => takeOut(tx, at.anna.acting.me, family, friendId, at.anna.acting.now()));

/** Everything an answer says, but for when. */
async function said(request: Request): Promise<object> {
  const answer = await at.fediverse.ask(request);
  const headers = [...answer.headers].filter(([name]) => name !== "date");
  return { status: answer.status, headers, body: await answer.text() };
}

const arrived = (peer: Peer, text: string) =>
  eventually(`${peer.host} got “${text}”`, async () =>
    peer.received.find(({ activity }) => JSON.stringify(activity).includes(text)),
  );

describe("a post for an audience", () => {
  test("is shown by GET to whom it is for, and is as missing as nothing to everybody else", async () => {
    const uri = await uriOf(await narrow("For the family"));
    const mine = await said(at.friend.signedGet(uri));
    expect(mine).toMatchObject({ status: 200 });
    const nothing = await said(at.attacker.signedGet(missing()));
    const instanceActor = createPeer(at.friend.host, "instance.actor");
    for (const [path, document] of instanceActor.documents) at.friend.documents.set(path, document);
    const impostor = createPeer("attacker.example", "mallory", newKeys());
    const asFriend = at.attacker.signedGet(uri);
    const signature = asFriend.headers.get("Signature") ?? "";
    asFriend.headers.set("Signature", signature.replace(at.attacker.keyId, at.friend.keyId));
    const replayed = at.friend.signedGet(missing());
    const asked = new Request(uri, { headers: replayed.headers });
    for (const [who, request] of [
      ["a stranger", new Request(uri, { headers: { Accept: "application/activity+json" } })],
      ["somebody else she knows", at.attacker.signedGet(uri)],
      ["a neighbour of whom it is for", at.neighbour.signedGet(uri)],
      ["the server of whom it is for", instanceActor.signedGet(uri)],
      ["somebody with another's key", impostor.signedGet(uri)],
      ["somebody with the name of the right key", asFriend],
      ["a signature made for another address", asked],
    ] as const) {
      expect(await said(request), who).toEqual(nothing);
    }
  });

  test("is gone the moment somebody is taken out, also for a signature that was good a second ago", async () => {
    const uri = await uriOf(await narrow("For the family"));
    const before = at.friend.signedGet(uri);
    expect(await said(before.clone() as Request)).toMatchObject({ status: 200 });
    await outOfFamily();
    const nothing = await said(at.friend.signedGet(missing()));
    expect(await said(before)).toEqual(nothing);
    expect(await said(at.friend.signedGet(uri))).toEqual(nothing);
    for (const list of ["replies", "context"]) {
      expect(await said(at.friend.signedGet(`${uri}/${list}`))).toEqual(nothing);
    }
  });

  test("that waits for somebody is not sent once they are out", async () => {
    at.friend.answers.push(...Array.from({ length: 5 }, () => 503));
    const id = await narrow("Too late");
    await eventually("it was tried", async () => at.friend.received.length > 0);
    await outOfFamily();
    const { read } = at.anna.store;
    expect(await read.delivery.count({ where: { postId: id } })).toBe(0);
    const other = await say(at.anna, "For you", { reach: "chosen", to: [friendId] });
    at.friend.answers.length = 0;
    await arrived(at.friend, "For you");
    expect(await read.delivery.count({ where: { postId: other, state: "delivered" } })).toBe(1);
    expect(
      at.friend.received.slice(1).filter(({ activity }) => JSON.stringify(activity).includes("Too late")),
    ).toEqual([]);
  });

  test("names nobody else on its way: no member, no audience, no list that could be compared", async () => {
    const { acting, federation } = at.anna;
    const neighbourId = (await federation.lookUp(at.neighbour.uri)).personId;
    await acting.transact((tx) => putIn(tx, acting.me, family, [neighbourId], acting.now()));
    await narrow("One @fred@friend.example and @nina@friend.example", { without: [] });
    await narrow("Two");
    await arrived(at.friend, "Two");
    const copies = (peer: Peer) =>
      at.friend.received.filter(({ path }) => path === new URL(`${peer.uri}/inbox`).pathname);
    const first = await eventually("both copies of the first", async () => {
      const all = [...copies(at.friend), ...copies(at.neighbour)].filter(({ activity }) =>
        JSON.stringify(activity).includes("One"),
      );
      return all.length === 2 ? all : null;
    });
    for (const { path, activity } of first) {
      const other = path.startsWith(new URL(at.friend.uri).pathname) ? at.neighbour : at.friend;
      const text = JSON.stringify({
        ...activity,
        object: { ...(activity["object"] as object), content: "" },
      });
      expect(text).not.toContain(other.uri);
      expect(text).not.toMatch(/Family|bto|bcc|audience/);
      expect(text).not.toContain(family);
    }
    const places = at.friend.received.flatMap(({ activity }) => (activity["object"] as { to: string[] }).to);
    const circles = places.filter((place) => place !== at.friend.uri && place !== at.neighbour.uri);
    expect(new Set(circles).size).toBe(2);
    for (const circle of circles) {
      for (const by of [at.friend, at.attacker]) {
        expect((await at.fediverse.ask(by.signedGet(circle))).status).toBe(404);
      }
    }
  });

  test("keeps its files from everybody else, whoever knows their address", async () => {
    await using host = await openMediaHost(at.fediverse, at.anna);
    const bytes = Readable.from([Buffer.from("a secret")]);
    const mediaId = await host.files.add(bytes, { name: "a.txt", type: "text/plain" });
    await narrow("With a file", { files: [{ mediaId, alt: "" }] });
    const url = `http://${at.anna.host}/media/${mediaId}`;
    const none = `http://${at.anna.host}/media/${"0".repeat(32)}`;
    expect((await host.ask(at.friend.signedGet(url))).status).toBe(200);
    const answer = async (request: Request) => {
      const { status, headers } = await host.ask(request);
      return { status, headers: [...headers].filter(([name]) => name !== "date") };
    };
    const nothing = await answer(at.attacker.signedGet(none));
    for (const request of [new Request(url), at.attacker.signedGet(url), at.neighbour.signedGet(url)]) {
      expect(await answer(request)).toEqual(nothing);
    }
    await outOfFamily();
    expect(await answer(at.friend.signedGet(url))).toEqual(nothing);
  });
});

describe("who may answer", () => {
  const answerTo = (by: Peer, uri: string, extra: object = {}) =>
    at.activity(by, "Create", at.note(by, { inReplyTo: uri, to: at.anna.uri, tag: mention(), ...extra }));
  const mention = () => ({ type: "Mention", href: at.anna.uri });
  const answers = (uri: string) => at.anna.store.read.post.count({ where: { replyToUri: uri } });

  test("is told in the copy of each, and whoever may not is not heard, as a mention neither", async () => {
    const only = { reach: "chosen", people: [friendId], audiences: [], without: [] };
    const id = await say(at.anna, "Ask me, Fred", { answerable: only });
    const uri = await uriOf(id);
    const policy = async (by: Peer) => {
      const document = await (await at.fediverse.ask(by.signedGet(uri))).json();
      return document.interactionPolicy.canReply;
    };
    expect(JSON.stringify(await policy(at.friend))).toContain(at.friend.uri);
    expect(JSON.stringify(await policy(at.attacker))).not.toContain(at.friend.uri);
    const before = await at.anna.store.read.notice.count();
    const stranger = at.stranger("sam");
    expect(await at.send(stranger, answerTo(stranger, uri))).toBe(202);
    expect(await answers(uri)).toBe(0);
    expect(await at.send(at.friend, answerTo(at.friend, uri))).toBe(202);
    expect(await answers(uri)).toBe(1);
    expect(await at.anna.store.read.notice.count()).toBe(before + 1);
  });

  test("is answered when somebody asks first, and leave can be looked at while the answer is there", async () => {
    const { acting } = at.anna;
    await acting.transact((tx) => addWelcome(tx, idOf(at.attacker.uri), acting.now()));
    const only = { reach: "chosen", people: [friendId], audiences: [], without: [] };
    const uri = await uriOf(await say(at.anna, "Ask me, Fred", { answerable: only }));
    const GTS = { ReplyRequest: "https://gotosocial.org/ns#ReplyRequest" };
    const ask = async (by: Peer, about: string) => {
      const note = at.note(by, { inReplyTo: about, to: at.anna.uri });
      const request = {
        ...at.activity(by, "ReplyRequest", about, { instrument: note }),
        "@context": [AS, GTS],
      };
      expect(await at.send(by, request)).toBe(202);
      return { note, request };
    };
    const answered = (by: Peer, type: string) =>
      eventually(`${by.host} gets ${type}`, async () =>
        by.received.map(({ activity }) => activity).find((one) => one["type"] === type),
      );
    const asked = await ask(at.friend, uri);
    const yes = await answered(at.friend, "Accept");
    expect(JSON.stringify(yes["object"])).toContain(String((asked.request as { id?: string }).id));
    const leave = await at.fediverse.ask(at.attacker.signedGet(String(yes["result"])));
    expect(await leave.json()).toMatchObject({ attributedTo: at.anna.uri });
    expect(await answers(uri)).toBe(1);
    await ask(at.attacker, uri);
    await answered(at.attacker, "Reject");
    expect(await answers(uri)).toBe(1);
    const before = at.attacker.received.length;
    await ask(at.attacker, await uriOf(await narrow("For the family")));
    await ask(at.attacker, missing());
    await at.anna.runner.idle();
    expect(at.attacker.received.length).toBe(before);
    const gone = at.activity(at.friend, "Delete", asked.note.id);
    await at.send(at.friend, gone);
    expect((await at.fediverse.ask(at.attacker.signedGet(String(yes["result"])))).status).toBe(404);
  });

  test("of others' posts is kept to: an answer that is not wanted is not written", async () => {
    const GTS = {
      gts: "https://gotosocial.org/ns#",
      interactionPolicy: { "@id": "gts:interactionPolicy", "@type": "@id" },
      canReply: { "@id": "gts:canReply", "@type": "@id" },
      automaticApproval: { "@id": "gts:automaticApproval", "@type": "@id" },
    };
    const rule = (uri: string) => ({ canReply: { automaticApproval: [uri] } });
    const post = async (uri: string) => {
      const note = at.note(at.friend, { interactionPolicy: rule(uri) });
      const activity = {
        ...at.activity(at.friend, "Create", note),
        "@context": [at.activity(at.friend, "", "")["@context"], GTS],
      };
      expect(await at.send(at.friend, activity)).toBe(202);
      return (await at.stored(note.id))?.id ?? "";
    };
    const closed = await post(at.friend.uri);
    await expect(say(at.anna, "But", { replyToId: closed })).rejects.toMatchObject({
      code: "answers-closed",
    });
    for (const uri of [
      at.anna.uri,
      "https://www.w3.org/ns/activitystreams#Public",
      `${at.friend.uri}/followers`,
    ]) {
      const open = await post(uri);
      expect(await say(at.anna, "Well", { replyToId: open })).toMatch(/^[0-9a-f]{32}$/);
    }
  });
});
