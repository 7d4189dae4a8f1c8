import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { AS, type Besieged, besiege, PUBLIC } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import type { Member } from "../support/federated.ts";
import { arrived, letIn } from "../support/larger-server.ts";
import { say } from "../support/neighbours.ts";

/** What is sent to a Tor-enabled Mastodon and those like it, and how they spell things: a rule, a test. */

let at: Besieged;
let anna: Member;

beforeEach(async () => {
  at = await besiege();
  anna = at.anna;
});
afterEach(() => at[Symbol.asyncDispose]());

const DAY = 24 * 60 * 60_000;
const page = () => `http://${anna.host}/@anna`;

describe("what is sent", () => {
  test("is signed draft-cavage rsa-sha256 first, and RFC 9421 rsa-v1_5-sha256 on 401, from then on first", async () => {
    await letIn(at, at.friend);
    await anna.runner.idle();
    at.friend.answers.push(401);
    await say(anna, "Twice knocked");
    const [first, second] = await arrived(at.friend, "Twice knocked", 2);
    expect(first?.headers.get("Signature")).toContain('algorithm="rsa-sha256"');
    expect(first?.headers.get("Signature-Input")).toBeNull();
    expect(second?.headers.get("Signature-Input")).toContain('alg="rsa-v1_5-sha256"');
    await say(anna, "Once knocked");
    const [only] = await arrived(at.friend, "Once knocked");
    expect(only?.headers.get("Signature-Input")).toContain('alg="rsa-v1_5-sha256"');
  });

  test("is dated when it is sent, however long it waited, and has a Host without a port", async () => {
    await letIn(at, at.friend);
    await anna.runner.idle();
    anna.runner.pause();
    await say(anna, "Five days ago");
    at.fediverse.later += 5 * DAY;
    const before = Math.floor(anna.acting.now() / 1000) * 1000;
    anna.runner.resume();
    const [late] = await arrived(at.friend, "Five days ago");
    const date = Date.parse(late?.headers.get("Date") ?? "");
    expect(date).toBeGreaterThanOrEqual(before);
    expect(date).toBeLessThanOrEqual(anna.acting.now());
    expect(late?.headers.get("Host")).toBe(at.friend.host);
  });

  test("has a User-Agent, and what is read where there is a subscription is signed (GoToSocial)", async () => {
    const seen: Headers[] = [];
    at.fediverse.interfere(at.friend.host, async (request, go) => {
      if (request.method === "GET") seen.push(request.headers);
      return go();
    });
    await anna.federation.catchUp(anna.acting.now());
    await eventually("the outbox is read", async () =>
      at.friend.asked.find((path) => path.endsWith("/outbox")),
    );
    await anna.runner.idle();
    expect(seen.length).toBeGreaterThan(0);
    for (const headers of seen) {
      expect(headers.get("User-Agent")).toBe("TSSOP");
      expect(headers.get("Signature")).toContain(`keyId="${anna.uri}#main-key"`);
    }
  });

  test("never has 1 MB: the longest post is far below", async () => {
    await letIn(at, at.friend);
    await say(anna, `${"🦔".repeat(29_000)} the end`, { title: "Everything", language: "en" });
    const [long] = await arrived(at.friend, "the end");
    const bytes = Buffer.byteLength(JSON.stringify(long?.activity));
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(256 * 1024);
  });
});

describe("a server that shows nobody to who does not sign (GoToSocial)", () => {
  const insists = (host: string) =>
    at.fediverse.interfere(host, async (request, go) =>
      request.method === "GET" && !request.headers.has("Signature")
        ? new Response(null, { status: 401 })
        : go(),
    );

  test("is told who asks when the owner looks somebody up there", async () => {
    const gil = at.stranger("gil");
    insists(gil.host);
    const { personId } = await anna.federation.lookUp(gil.uri);
    expect(personId).toBe(idOf(gil.uri));
  });

  test("is told who asks when somebody of it writes, and asked once for many letters", async () => {
    const gil = at.stranger("gil");
    insists(gil.host);
    expect(await at.send(gil, at.activity(gil, "Follow", anna.uri))).toBe(202);
    expect(await at.asks(gil)).toBe(true);
    const asked = gil.asked.length;
    expect(await at.send(gil, at.activity(gil, "Undo", at.activity(gil, "Follow", anna.uri)))).toBe(202);
    expect(await at.asks(gil)).toBe(false);
    expect(gil.asked.length).toBe(asked);
  });

  test("is not told who reads a post there", async () => {
    const gil = at.stranger("gil");
    const note = at.note(gil);
    gil.documents.set(new URL(note.id).pathname, { "@context": AS, ...note });
    insists(gil.host);
    expect(await anna.federation.lookUpPost(note.id)).toBeNull();
    expect(gil.asked).toEqual([]);
  });
});

describe("their ways of spelling things are understood", () => {
  const send = (type: string, object: unknown, values: object = {}) =>
    at.send(at.friend, at.activity(at.friend, type, object, values));
  const taken = async (values: object, around: object = {}) => {
    const note = at.note(at.friend, values);
    expect(await send("Create", note, around)).toBe(202);
    return at.stored(note.id);
  };
  const stateOf = async () =>
    (await anna.store.read.subscription.findFirst({ where: { person: { uri: at.friend.uri } } }))?.state;

  test("Epicyon follows /@name, and takes that back", async () => {
    expect(await send("Follow", page())).toBe(202);
    expect(await at.asks(at.friend)).toBe(true);
    await anna.acting.transact((tx) =>
      acceptRequest(tx, anna.acting.me, idOf(at.friend.uri), anna.acting.now()),
    );
    const [answer] = await eventually("it is accepted", async () => {
      const found = at.friend.received.filter(({ activity }) => activity["type"] === "Accept");
      return found.length > 0 ? found : undefined;
    });
    expect(answer?.activity).toMatchObject({
      object: { type: "Follow", actor: at.friend.uri, object: anna.uri },
    });
    await send("Undo", { type: "Follow", actor: at.friend.uri, object: page() });
    expect(await at.asks(at.friend)).toBe(false);
  });

  test("of somebody else's /@name nobody is meant", async () => {
    await send("Follow", `http://${anna.host}/@ben`);
    await send("Follow", `http://${at.friend.host}/@anna`);
    expect(await at.asks(at.friend)).toBe(false);
  });

  test.each([
    ["the author in a list", () => ({ attributedTo: [at.friend.uri] })],
    ["the kind in a list", () => ({ type: ["Note"] })],
    ["the words in a list", () => ({ content: ["<p>words</p>"] })],
    ["the address in a list", () => ({ url: [`${at.friend.origin}/@fred/1`] })],
    ["one tag without a list", () => ({ tag: { type: "Hashtag", name: "#bread" } })],
    ["what it answers in a list", () => ({ inReplyTo: [`${at.friend.origin}/notes/0`] })],
    ["nothing where something may be", () => ({ summary: null, inReplyTo: null, tag: null, cc: null })],
  ])("%s", async (_, values) => {
    expect(await taken(values())).toMatchObject({ reach: "everyone" });
  });

  test("an object in a list of one", async () => {
    const note = at.note(at.friend);
    await send("Create", [note]);
    expect(await at.stored(note.id)).not.toBeNull();
    await send("Delete", [note.id]);
    expect(await at.stored(note.id)).toBeNull();
  });

  test.each(["as:Public", "Public", PUBLIC])("everyone is %s", async (everyone) => {
    expect(await taken({ to: [everyone] })).toMatchObject({ reach: "everyone" });
    expect(await taken({ to: `${at.friend.uri}/followers`, cc: everyone })).toMatchObject({
      reach: "unlisted",
    });
  });

  test("“limited”, for a collection that is not known here, is for chosen people", async () => {
    const limited = { to: [`${at.friend.origin}/contexts/7/limited`], cc: [anna.uri] };
    expect(await taken(limited, limited)).toMatchObject({ reach: "chosen" });
  });

  test("a private mention of the owner alone is a message", async () => {
    const tag = [{ type: "Mention", href: anna.uri, name: "@anna" }];
    const note = at.note(at.friend, { to: [anna.uri], cc: [], tag });
    await send("Create", note, { to: [anna.uri], cc: [] });
    expect(await at.stored(note.id)).toBeNull();
    expect(await anna.store.read.message.findFirst()).toMatchObject({
      own: false,
      form: "open",
      uri: note.id,
    });
  });

  test("an answer whose request has no id, and one that only names it", async () => {
    const { acting } = anna;
    const carol = at.stranger("carol");
    const { personId } = await anna.federation.lookUp(carol.uri);
    await acting.transact((tx) => askToSubscribe(tx, acting.me, personId, acting.now()));
    const state = async () =>
      (await anna.store.read.subscription.findFirstOrThrow({ where: { personId } })).state;
    const whole = { type: "Follow", actor: anna.uri, object: carol.uri };
    expect(await at.send(carol, at.activity(carol, "Accept", whole))).toBe(202);
    expect(await state()).toBe("accepted");
    expect(await at.send(carol, at.activity(carol, "Reject", whole))).toBe(202);
    expect(await state()).toBe("declined");
    const { uri } = await anna.store.read.subscription.findFirstOrThrow({ where: { personId } });
    await at.send(carol, at.activity(carol, "Accept", uri));
    expect(await state()).toBe("accepted");
    expect(await stateOf()).toBe("accepted");
  });

  test("what is taken back, without an id", async () => {
    const post = await anna.store.read.post.findUniqueOrThrow({ where: { id: await say(anna, "Liked") } });
    await send("Like", post.uri);
    expect(await anna.store.read.reaction.count()).toBe(1);
    await send("Undo", { type: "Like", actor: at.friend.uri, object: post.uri });
    expect(await anna.store.read.reaction.count()).toBe(0);
  });

  test("an activity without an id is answered kindly, and changes nothing", async () => {
    const note = at.note(at.friend);
    const { id: _, ...nameless } = at.activity(at.friend, "Create", note);
    expect(await at.send(at.friend, nameless)).toBe(202);
    expect(await at.stored(note.id)).toBeNull();
  });
});
