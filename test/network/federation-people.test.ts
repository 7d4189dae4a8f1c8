import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "../../src/lib/ids.ts";
import { addAlias } from "../../src/social/moving/aliases.ts";
import { moveAway, takeMoveBack } from "../../src/social/moving/move-away.ts";
import { block } from "../../src/social/people/block.ts";
import { personById } from "../../src/social/people/find.ts";
import { publish } from "../../src/social/posts/publish.ts";
import { listReports } from "../../src/social/reports/list-reports.ts";
import { sendReport } from "../../src/social/reports/send-report.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { type Besieged, besiege } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import { createFediverse, type Fediverse, type Member } from "../support/federated.ts";
import type { Peer } from "../support/peer.ts";

/** How Anna stands to somebody: the state of her subscription. */
async function standing(who: Member, uri: string): Promise<string> {
  return (await personById(who.store.read, idOf(uri)))?.subscribed ?? "unknown";
}

const isSettled = (who: Member) =>
  eventually("nothing waits", async () => (await who.store.read.job.count()) === 0);

function says(peer: Peer, values: object): void {
  const path = new URL(peer.uri).pathname;
  const context = {
    alsoKnownAs: { "@id": "as:alsoKnownAs", "@type": "@id" },
    movedTo: { "@id": "as:movedTo", "@type": "@id" },
  };
  const before = peer.documents.get(path) as { "@context": unknown[] };
  peer.documents.set(path, { ...before, "@context": [...before["@context"], context], ...values });
}

describe("what others send", () => {
  let at: Besieged;
  beforeEach(async () => {
    at = await besiege();
  });
  afterEach(() => at[Symbol.asyncDispose]());
  const move = (by: Peer, target: string, values: object = {}) =>
    at.send(by, at.activity(by, "Move", by.uri, { target, ...values }));

  test("A29: a move to an address that does not confirm it moves nobody", async () => {
    const victim = at.stranger("victim");
    expect(await move(at.attacker, victim.uri)).toBe(202);
    await eventually("it was looked at", async () => victim.asked.length > 0);
    await isSettled(at.anna);
    expect(await standing(at.anna, at.attacker.uri)).toBe("accepted");
    expect(await standing(at.anna, victim.uri)).toBe("no");
    expect(await at.anna.store.read.notice.count({ where: { kind: "moved" } })).toBe(0);
  });

  test("A29: a move to a server outside is not looked at before the owner was asked", async () => {
    const elsewhere = at.stranger("elsewhere");
    at.fediverse.outside = (host) => host !== elsewhere.host;
    expect(await move(at.friend, elsewhere.uri)).toBe(202);
    await eventually("the owner is asked", () =>
      at.anna.store.read.outsideServer.findFirst({ where: { host: elsewhere.host, state: "asked" } }),
    );
    expect(elsewhere.asked).toEqual([]);
  });

  test("A29: nobody is moved by somebody else, nor to a place that names another, nor by whom nobody subscribes to", async () => {
    const liar = at.stranger("liar");
    says(liar, { alsoKnownAs: [`${at.friend.uri}2`, at.friend.origin, at.attacker.uri] });
    await at.send(at.attacker, at.activity(at.attacker, "Move", at.friend.uri, { target: liar.uri }));
    await at.send(
      at.attacker,
      at.activity(at.attacker, "Move", [at.attacker.uri, at.friend.uri], { target: liar.uri }),
    );
    await at.send(at.neighbour, at.activity(at.neighbour, "Move", at.friend.uri, { target: liar.uri }));
    const unknown = at.stranger("unknown");
    await move(unknown, liar.uri);
    await move(at.friend, liar.uri);
    await move(at.friend, at.anna.uri);
    await isSettled(at.anna);
    for (const { uri } of [at.friend, at.attacker]) expect(await standing(at.anna, uri)).toBe("accepted");
    expect(await standing(at.anna, liar.uri)).toBe("no");
    expect(await at.anna.store.read.person.count({ where: { uri: unknown.uri } })).toBe(0);
  });

  test("A29: an address whose document lies elsewhere, or that redirects there, confirms nothing", async () => {
    const trap = at.stranger("trap");
    const path = new URL(trap.uri).pathname;
    trap.documents.set(path, {
      ...(at.attacker.documents.get(new URL(at.attacker.uri).pathname) as object),
      alsoKnownAs: at.friend.uri,
    });
    await move(at.friend, trap.uri);
    await isSettled(at.anna);
    expect(await standing(at.anna, at.friend.uri)).toBe("accepted");
  });

  test("a move that is confirmed takes the subscription along, and says so", async () => {
    const there = at.stranger("fredthere");
    // Read before they wrote it down there: what was kept of that does not count.
    await at.anna.federation.lookUp(there.uri);
    says(there, { alsoKnownAs: [at.friend.uri] });
    expect(await move(at.friend, there.uri)).toBe(202);
    await eventually("it is asked for there", async () => (await standing(at.anna, there.uri)) === "asked");
    expect(await standing(at.anna, at.friend.uri)).toBe("no");
    await eventually("they are asked", () =>
      there.received.find(({ activity }) => activity["type"] === "Follow"),
    );
    await eventually("the old one is ended", () =>
      at.friend.received.find(({ activity }) => activity["type"] === "Undo"),
    );
    const notice = await at.anna.store.read.notice.findFirstOrThrow({ where: { kind: "moved" } });
    expect(notice).toMatchObject({ personId: idOf(at.friend.uri), detail: idOf(there.uri) });
  });

  test("a report is kept, of a server too, and only when it names the owner or a post of theirs", async () => {
    const server = at.stranger("server");
    says(server, { type: "Application" });
    const { acting } = at.anna;
    const id = await acting.transact((tx) =>
      publish(tx, acting.me, { text: "mine", reach: "everyone" }, acting.now(), acting.random),
    );
    const post = await at.anna.store.read.post.findUniqueOrThrow({ where: { id } });
    const flag = (object: unknown) =>
      at.send(server, at.activity(server, "Flag", object, { content: "<b>look</b>" }));
    expect(await flag([at.friend.uri])).toBe(202);
    expect(await flag([`${at.anna.uri}/else`, `http://${at.anna.host}/posts/nowhere`])).toBe(202);
    expect(await at.anna.store.read.report.count()).toBe(0);
    expect(await at.anna.store.read.person.count({ where: { uri: server.uri } })).toBe(0);
    expect(await flag([at.anna.uri, post.uri, at.friend.uri])).toBe(202);
    expect(await flag(post.uri)).toBe(202);
    const reports = await listReports(at.anna.store.read, acting.me, false);
    expect(reports.map((report) => [report.words, report.person.uri, report.posts.length])).toEqual([
      ["look", server.uri, 1],
      ["look", server.uri, 1],
    ]);
    expect(await at.anna.store.read.post.count({ where: { id } })).toBe(1);
  });

  test("a block ends what is between the two, and only by who is one of them", async () => {
    await at.send(at.friend, at.activity(at.friend, "Follow", at.anna.uri));
    await at.send(at.attacker, at.activity(at.attacker, "Block", at.friend.uri));
    await at.send(at.attacker, at.activity(at.attacker, "Block", [at.anna.uri, at.friend.uri]));
    expect(await at.asks(at.friend)).toBe(true);
    at.friend.received.length = 0;
    expect(await at.send(at.friend, at.activity(at.friend, "Block", at.anna.uri))).toBe(202);
    expect(await at.asks(at.friend)).toBe(false);
    expect(await standing(at.anna, at.friend.uri)).toBe("no");
    await isSettled(at.anna);
    expect(at.friend.received).toEqual([]);
    expect(await standing(at.anna, at.attacker.uri)).toBe("accepted");
  });
});

describe("between nodes", () => {
  let fediverse: Fediverse;
  let anna: Member;
  let ben: Member;
  beforeEach(async () => {
    fediverse = await createFediverse();
    anna = await fediverse.join("Anna");
    ben = await fediverse.join("Ben");
  });
  afterEach(() => fediverse[Symbol.asyncDispose]());

  async function subscribe(who: Member, whom: Member): Promise<void> {
    const { personId } = await who.federation.lookUp(whom.address);
    await who.acting.transact((tx) => askToSubscribe(tx, who.acting.me, personId, Date.now()));
    const { subscriberId } = await eventually("the request arrives", () =>
      whom.store.read.subscription.findFirst({ where: { personId: whom.acting.me.ownerId, state: "asked" } }),
    );
    await whom.acting.transact((tx) => acceptRequest(tx, whom.acting.me, subscriberId, Date.now()));
    await eventually("and is let in", async () => (await standing(who, whom.uri)) === "accepted");
  }

  test("Anna moves, and Ben's node goes with her by itself; taken back, her page says so again", async () => {
    await subscribe(ben, anna);
    const newAnna = await fediverse.join("New Anna");
    const old = await newAnna.federation.lookUp(anna.address);
    const before = await anna.federation.lookUp(newAnna.address);
    const away = () =>
      anna.acting.transact((tx) => moveAway(tx, anna.acting.me, before.personId, Date.now()));
    await expect(away()).rejects.toMatchObject({ code: "move-not-named" });
    await newAnna.acting.transact((tx) => addAlias(tx, newAnna.acting.me, old.personId, Date.now()));
    await anna.federation.lookUpAnew(newAnna.address);
    await away();

    await eventually("Ben asks there", async () => (await standing(ben, newAnna.uri)) === "asked");
    expect(await standing(ben, anna.uri)).toBe("no");
    await eventually("the request arrives", () =>
      newAnna.store.read.subscription.findFirst({ where: { subscriber: { uri: ben.uri } } }),
    );
    expect((await personById(ben.store.read, idOf(anna.uri)))?.moved?.uri).toBe(newAnna.uri);

    await anna.acting.transact((tx) => takeMoveBack(tx, anna.acting.me, Date.now()));
    await ben.federation.lookUpAnew(anna.address);
    expect((await personById(ben.store.read, idOf(anna.uri)))?.movedToUri).toBe("");
    expect([...anna.warnings, ...ben.warnings, ...newAnna.warnings]).toEqual([]);
  });

  test("a report goes to the person's own device; a block is told to nobody", async () => {
    await subscribe(ben, anna);
    const { personId } = await anna.federation.lookUp(ben.address);
    await isSettled(anna);
    fediverse.requests.length = 0;
    await anna.acting.transact((tx) =>
      sendReport(
        tx,
        anna.acting.me,
        { personId, postUris: [], words: "unkind" },
        Date.now(),
        anna.acting.random,
      ),
    );
    const report = await eventually("it arrives", () => ben.store.read.report.findFirst());
    expect(report).toMatchObject({ own: false, words: "unkind", personId: idOf(anna.uri) });

    await anna.acting.transact((tx) => block(tx, personId, Date.now()));
    await isSettled(anna);
    expect(await ben.store.read.handled.count()).toBeGreaterThan(0);
    expect(await standing(ben, anna.uri)).toBe("declined");
  });
});
