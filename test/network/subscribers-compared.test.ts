import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  digestOf,
  readSynchronization,
  synchronizationHeader,
} from "../../src/federation/translate/synchronization.ts";
import { idOf } from "../../src/lib/ids.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { endSubscription } from "../../src/social/subscriptions/end.ts";
import { requestAccepted } from "../../src/social/subscriptions/request-accepted.ts";
import { type Besieged, besiege } from "../support/besieged.ts";
import { eventually } from "../support/eventually.ts";
import type { Member } from "../support/federated.ts";
import { say, subscribe } from "../support/neighbours.ts";
import type { Peer, Signing } from "../support/peer.ts";

let at: Besieged;
let anna: Member;

beforeEach(async () => {
  at = await besiege();
  anna = at.anna;
});
afterEach(() => at[Symbol.asyncDispose]());

const HEADER = "Collection-Synchronization";
const HOUR = 60 * 60 * 1000;
const stateOf = async (who: Member, whom: { uri: string }) =>
  (
    await who.store.read.subscription.findFirst({
      where: { subscriberId: who.acting.me.ownerId, person: { uri: whom.uri } },
    })
  )?.state ?? "none";
const subscribes = async (peer: { uri: string }) =>
  (await anna.store.read.subscription.count({
    where: { subscriber: { uri: peer.uri }, personId: anna.acting.me.ownerId, state: "accepted" },
  })) > 0;

/** A stand-in for somebody on a larger server, who now subscribes to Anna. */
async function letIn(...peers: Peer[]): Promise<void> {
  for (const peer of peers) {
    expect(await at.send(peer, at.activity(peer, "Follow", anna.uri))).toBe(202);
    await anna.acting.transact((tx) => acceptRequest(tx, anna.acting.me, idOf(peer.uri), anna.acting.now()));
  }
}

/** What came with a post of these words, at the place of this peer. */
async function arrived(peer: Peer, words: string, times = 1) {
  const bringing = () =>
    peer.received.filter(({ activity }) => JSON.stringify(activity["object"] ?? "").includes(words));
  return eventually(`“${words}” arrives`, async () => (bringing().length >= times ? bringing() : undefined));
}

describe("a post for subscribers", () => {
  test("tells their servers, under its signature, who of them subscribes", async () => {
    await letIn(at.friend, at.neighbour);
    await say(anna, "For you two", { reach: "subscribers" });
    const got = await arrived(at.friend, "For you two", 2);
    for (const { headers } of got) {
      expect(readSynchronization(headers.get(HEADER))).toEqual({
        collectionId: `${anna.uri}/followers`,
        url: `${anna.uri}/followers/of-your-host`,
        digest: digestOf([at.friend.uri, at.neighbour.uri]),
      });
      expect(/headers="([^"]*)"/.exec(headers.get("Signature") ?? "")?.[1]).toContain(HEADER.toLowerCase());
    }
  });

  test("does so at the second knock too (RFC 9421)", async () => {
    await letIn(at.friend);
    await anna.runner.idle();
    at.friend.answers.push(401);
    await say(anna, "Knock knock", { reach: "subscribers" });
    const [, second] = await arrived(at.friend, "Knock knock", 2);
    expect(second?.headers.get("Signature-Input")).toContain(`"${HEADER.toLowerCase()}"`);
    expect(second?.headers.get(HEADER)).toContain(digestOf([at.friend.uri]));
  });

  test("says nothing of it to whoever is no subscriber, nor does a post for chosen people", async () => {
    await letIn(at.neighbour);
    await say(anna, "Only you", { reach: "chosen", to: [idOf(at.neighbour.uri)] });
    await say(anna, `Hello @fred@${at.friend.host}`, { reach: "everyone" });
    const named = await arrived(at.friend, "Hello", 2);
    const byInbox = new Map(named.map(({ path, headers }) => [path, headers.get(HEADER)]));
    expect(byInbox.get("/users/fred/inbox")).toBeNull();
    expect(byInbox.get("/users/nina/inbox")).not.toBeNull();
    const [chosen] = await arrived(at.friend, "Only you");
    expect(chosen?.headers.get(HEADER)).toBeNull();
  });
});

describe("the list of a host's subscribers", () => {
  const path = () => `${anna.uri}/followers/of-your-host`;
  const ask = (request: Request) => at.fediverse.ask(request);

  test("is shown to a subscriber, with those of the same host, whole and without a number", async () => {
    const carol = at.stranger("carol");
    await letIn(at.friend, at.neighbour, carol);
    const response = await ask(at.friend.signedGet(path()));
    expect(response.headers.get("Cache-Control")).toBe("private, no-store");
    const list = (await response.json()) as Record<string, unknown>;
    expect(list).toMatchObject({ id: path(), type: "OrderedCollection" });
    expect([...(list["orderedItems"] as string[])].sort()).toEqual([at.friend.uri, at.neighbour.uri].sort());
    expect(list).not.toHaveProperty("totalItems");
    expect(JSON.stringify(list)).not.toContain("carol");
  });

  test("is not there for a stranger, for who does not sign, for who asked only, nor for a neighbour who does not subscribe", async () => {
    await letIn(at.friend);
    const asking = at.stranger("asking");
    await at.send(asking, at.activity(asking, "Follow", anna.uri));
    const AP = { headers: { Accept: "application/activity+json" } };
    const missing = await ask(new Request(`http://${anna.host}/posts/${"a".repeat(32)}`, AP));
    const nothing = await missing.text();
    for (const request of [
      new Request(path(), AP),
      at.stranger("eve").signedGet(path()),
      at.attacker.signedGet(path()),
      at.neighbour.signedGet(path()),
      asking.signedGet(path()),
    ]) {
      const response = await ask(request);
      expect(response.status).toBe(404);
      expect(await response.text()).toBe(nothing);
    }
  });
});

describe("two nodes", () => {
  let ben: Member;
  beforeEach(async () => {
    ben = await at.fediverse.join("Ben");
    await subscribe(ben, anna);
    await anna.runner.idle();
  });
  const benRow = {
    get where() {
      return { subscriberId: ben.acting.me.ownerId };
    },
  };

  test("that agree ask each other nothing", async () => {
    await say(anna, "All is well", { reach: "subscribers" });
    await eventually("it arrives", () =>
      ben.store.read.post.findFirst({ where: { html: { contains: "All is" } } }),
    );
    await ben.runner.idle();
    expect(at.fediverse.requests.filter((line) => line.includes("of-your-host"))).toEqual([]);
  });

  test("what one forgot that it ever asked for is ended at the other", async () => {
    await ben.acting.transact((tx) => tx.subscription.deleteMany(benRow));
    await say(anna, "Do you know me?", { reach: "subscribers" });
    await eventually("the subscription is gone", async () => ((await subscribes(ben)) ? undefined : true));
  });

  test("an answer that got lost is made up for", async () => {
    await ben.acting.transact((tx) => tx.subscription.updateMany({ ...benRow, data: { state: "asked" } }));
    at.fediverse.later += 1000;
    await say(anna, "You are in", { reach: "subscribers" });
    await eventually("it is accepted", async () =>
      (await stateOf(ben, anna)) === "accepted" ? true : undefined,
    );
  });
});

const path = "/users/fred/of-host";
const digest = digestOf([]);
const honest = () => ({ collectionId: `${at.friend.uri}/followers`, url: at.friend.origin + path, digest });
const beside = (said: { collectionId: string; url: string; digest: string }) => ({
  beside: { [HEADER]: synchronizationHeader(said) },
});
const tell = (by: Peer, how: Signing) => at.send(by, at.activity(by, "Create", at.note(by)), how);
const lists = (...orderedItems: string[]) =>
  at.friend.documents.set(path, { id: at.friend.origin + path, type: "OrderedCollection", orderedItems });

describe("a server that forgot that the owner subscribes", () => {
  const later = async () => {
    at.fediverse.later += 2 * HOUR;
    return { date: new Date(anna.acting.now()) };
  };

  test("is asked again once, and the owner is told; when it forgets again, that is its answer", async () => {
    lists();
    at.fediverse.later += HOUR;
    expect(await tell(at.friend, { ...beside(honest()), ...(await later()) })).toBe(202);
    await eventually("it is asked again", async () =>
      at.friend.received.find(
        ({ activity }) => activity["type"] === "Follow" && (activity["id"] as string).length > 0,
      ),
    );
    expect(await stateOf(anna, at.friend)).toBe("asked");
    expect(await anna.store.read.notice.count({ where: { kind: "forgotten" } })).toBe(1);
    await anna.acting.transact((tx) =>
      requestAccepted(tx, anna.acting.me, idOf(at.friend.uri), anna.acting.now()),
    );
    await tell(at.friend, { ...beside(honest()), ...(await later()) });
    await eventually("the subscription is over", async () =>
      (await stateOf(anna, at.friend)) === "declined" ? true : undefined,
    );
    expect(await anna.store.read.notice.count({ where: { kind: "forgotten" } })).toBe(1);
  });

  test("is looked at once an hour, however often it says so", async () => {
    at.friend.documents.set(path, { id: at.friend.origin + path, type: "OrderedCollection", totalItems: 3 });
    for (let time = 0; time < 3; time++) await tell(at.friend, beside(honest()));
    await anna.runner.idle();
    expect(at.friend.asked.filter((one) => one === path)).toHaveLength(1);
    expect(await stateOf(anna, at.friend)).toBe("accepted");
    await tell(at.friend, { ...beside(honest()), ...(await later()) });
    await eventually("it is looked at again", async () => at.friend.asked.filter((one) => one === path)[1]);
  });

  test("whose list does not say it whole has forgotten nobody", async () => {
    at.friend.documents.set(path, {
      ...{ id: at.friend.origin + path, type: "OrderedCollection", orderedItems: [at.neighbour.uri] },
      next: `${at.friend.origin}/more`,
    });
    await tell(at.friend, { ...beside(honest()), ...(await later()) });
    await anna.runner.idle();
    expect(at.friend.asked).toContain(path);
    expect(at.friend.asked).not.toContain("/more");
    expect(await stateOf(anna, at.friend)).toBe("accepted");
  });

  test("that still lists somebody whose subscription ended is told so again", async () => {
    await anna.acting.transact((tx) =>
      endSubscription(tx, anna.acting.me, idOf(at.friend.uri), anna.acting.now()),
    );
    await eventually("it is told", async () =>
      at.friend.received.find(({ activity }) => activity["type"] === "Undo"),
    );
    lists(anna.uri);
    await tell(at.friend, beside({ ...honest(), digest: digestOf([anna.uri]) }));
    const undoes = () => at.friend.received.filter(({ activity }) => activity["type"] === "Undo");
    const [, again] = await eventually("it is told again", async () =>
      undoes().length > 1 ? undoes() : undefined,
    );
    expect(again?.activity).toMatchObject({
      actor: anna.uri,
      object: { type: "Follow", object: at.friend.uri },
    });
  });
});

describe("A34: a word about subscribers that counts for nothing makes this node ask nobody", () => {
  const other = () => at.attacker;
  test.each<[string, () => [Peer, Signing]]>([
    ["a list on another host", () => [at.friend, beside({ ...honest(), url: other().origin + path })]],
    [
      "a list on another port",
      () => [at.friend, beside({ ...honest(), url: `http://${at.friend.host}:81${path}` })],
    ],
    ["a list of this node", () => [at.friend, beside({ ...honest(), url: `http://${anna.host}/inbox` })]],
    [
      "another's collection",
      () => [at.friend, beside({ ...honest(), collectionId: `${at.neighbour.uri}/followers` })],
    ],
    ["by somebody else", () => [other(), beside(honest())]],
    ["by a neighbour", () => [at.neighbour, beside(honest())]],
    ["by a stranger", () => [at.stranger("eve"), beside(honest())]],
    ["not under the signature", () => [at.friend, { headers: beside(honest()).beside }]],
    ["no digest", () => [at.friend, beside({ ...honest(), digest: "00" })]],
    [
      "an endless address",
      () => [at.friend, beside({ ...honest(), url: `${at.friend.origin}/${"x".repeat(5_000)}` })],
    ],
    ["what is known here", () => [at.friend, beside({ ...honest(), digest: digestOf([anna.uri]) })]],
  ])("%s", async (_, made) => {
    lists();
    const [by, how] = made();
    expect(await tell(by, how)).toBe(202);
    expect(await anna.store.read.job.count({ where: { kind: "check-listing" } })).toBe(0);
    expect(await anna.store.read.moment.count({ where: { name: { startsWith: "listing " } } })).toBe(0);
    expect(at.fediverse.requests.filter((line) => line.endsWith(path))).toEqual([]);
    expect(await stateOf(anna, at.friend)).toBe("accepted");
  });
});
