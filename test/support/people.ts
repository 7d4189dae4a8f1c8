import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import type { Viewer } from "../../src/social/access.ts";
import type { Identity } from "../../src/social/identity/identity.ts";
import { requireIdentity } from "../../src/social/identity/load-identity.ts";
import { personById } from "../../src/social/people/find.ts";
import type { PersonCard } from "../../src/social/people/person.ts";
import { savePerson } from "../../src/social/people/save-person.ts";
import type { PersonView } from "../../src/social/people/view.ts";
import { postById } from "../../src/social/posts/find.ts";
import type { PostCard } from "../../src/social/posts/post.ts";
import { type Draft, publish } from "../../src/social/posts/publish.ts";
import { receivePost } from "../../src/social/posts/receive-post.ts";
import { homeTimeline } from "../../src/social/posts/timelines.ts";
import type { PostView } from "../../src/social/posts/view.ts";
import { acceptRequest } from "../../src/social/subscriptions/answer.ts";
import { askToSubscribe } from "../../src/social/subscriptions/ask.ts";
import { receiveRequest } from "../../src/social/subscriptions/receive-request.ts";
import { requestAccepted } from "../../src/social/subscriptions/request-accepted.ts";
import { viewerOf } from "../../src/social/viewer.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import type { Tx } from "../../src/store/tx.ts";
import { keys, putOwner } from "./made-owner.ts";

const BEGINNING = Date.UTC(2026, 10, 3);

/** A real encrypted store in a folder of its own, gone when disposed; with an owner of this name in it, if one is given. */
export async function testStore(now: () => number, owner?: string): Promise<Store> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "people-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  if (owner !== undefined) await putOwner(folder, owner, BEGINNING);
  const log = createLog(() => {}, "silent");
  const store = stack.use(await openStore({ folder, keys, deviceId: "device", now, log }));
  const closing = stack.move();
  return { ...store, [Symbol.asyncDispose]: () => closing.disposeAsync() };
}

type Waiting = { kind: string; peer: string; about: Record<string, string> };

/** An owner with a store, and others who are known to it as they would be over the network. */
export interface Owner extends AsyncDisposable {
  readonly me: Identity;
  readonly store: Store;
  /** Milliseconds; each action happens a second after the one before. */
  readonly clock: { now: number };
  act<T>(work: (tx: Tx, now: number) => Promise<T>): Promise<T>;
  /** Somebody elsewhere becomes known; returns their id. */
  meet(name: string, card?: Partial<PersonCard>): Promise<string>;
  /** They subscribe to the owner, who lets them. */
  letIn(personId: string): Promise<void>;
  /** The owner subscribes to them, and they let the owner. */
  subscribeTo(personId: string): Promise<void>;
  publish(draft: Partial<Draft>): Promise<string>;
  /** Their post arrives; returns what became of it and its id. */
  hear(personId: string, card?: Partial<PostCard>): Promise<{ result: string; id: string; uri: string }>;
  person(id: string): Promise<PersonView>;
  /** As the owner sees it; fails when it is not there. */
  post(id: string): Promise<PostView>;
  isThere(postId: string): Promise<boolean>;
  home(): Promise<string[]>;
  viewer(personId: string): Promise<Viewer>;
  /** What waits to be sent, oldest first. */
  jobs(kind?: string): Promise<Waiting[]>;
  /** To whom copies of a post wait to be sent. */
  copiesTo(postId: string): Promise<string[]>;
  /** All that waits has arrived. */
  sendAll(): Promise<void>;
}

export async function createOwner(name: string): Promise<Owner> {
  await using stack = new AsyncDisposableStack();
  const clock = { now: BEGINNING };
  const store = stack.use(await testStore(() => clock.now, name));
  const me = await requireIdentity(store.read);
  const act: Owner["act"] = (work) => {
    clock.now += 1_000;
    return store.transact((tx) => work(tx, clock.now));
  };
  const closing = stack.move();
  return {
    ...{ me, store, clock, act },
    ...lookingAt(store, me),
    ...othersOf(store, me, act),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

function othersOf(store: Store, me: Identity, act: Owner["act"]) {
  let count = 0;
  return {
    meet: (name: string, card: Partial<PersonCard> = {}) =>
      act((tx, now) => savePerson(tx, { ...cardOf(name), ...card }, now)),
    async letIn(personId: string) {
      await act((tx, now) => receiveRequest(tx, me, personId, `http://x.example/acts/${++count}`, now));
      await act((tx, now) => acceptRequest(tx, me, personId, now));
    },
    async subscribeTo(personId: string) {
      await act((tx, now) => askToSubscribe(tx, me, personId, now));
      await act((tx, now) => requestAccepted(tx, me, personId, now));
    },
    publish: (draft: Partial<Draft>) =>
      act((tx, now) => publish(tx, me, { text: "words", reach: "everyone", ...draft }, now, systemRandom)),
    async hear(personId: string, card: Partial<PostCard> = {}) {
      const person = await personById(store.read, personId);
      const uri = `http://${person?.host}/posts/${++count}`;
      const post = { ...postCardOf(uri, personId), publishedAt: Number.NaN, ...card };
      return act(async (tx, now) => {
        const publishedAt = Number.isNaN(post.publishedAt) ? now : post.publishedAt;
        const result = await receivePost(tx, me, { ...post, publishedAt }, now);
        const row = await tx.post.findFirst({ where: { uri: post.uri } });
        return { result, id: row?.id ?? "", uri: post.uri };
      });
    },
    async sendAll() {
      await act(async (tx, now) => {
        await tx.job.deleteMany({});
        await tx.delivery.updateMany({ data: { state: "delivered", at: new Date(now) } });
      });
    },
  };
}

function lookingAt(store: Store, me: Identity) {
  const jobs = async (kind?: string) => {
    const rows = await store.read.job.findMany({
      where: kind === undefined ? {} : { kind },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    return rows.map((row): Waiting => ({ kind: row.kind, peer: row.peer, about: JSON.parse(row.about) }));
  };
  return {
    jobs,
    async copiesTo(postId: string) {
      const copies = (await jobs("post")).filter(({ about }) => about["postId"] === postId);
      return copies.map(({ about }) => about["personId"] ?? "").sort();
    },
    async person(id: string) {
      const person = await personById(store.read, id);
      if (person === null) throw new Error("nobody");
      return person;
    },
    async post(id: string) {
      const post = await postById(store.read, me, id);
      if (post === null) throw new Error("no post");
      return post;
    },
    isThere: async (postId: string) => (await store.read.post.findUnique({ where: { id: postId } })) !== null,
    home: async () =>
      (await homeTimeline(store.read, me, { limit: 80 })).items.map((post) =>
        post.html.replace(/<[^>]+>/g, ""),
      ),
    viewer: (personId: string) => viewerOf(store.read, me.ownerId, personId),
  };
}

/** Alice, who owns the store, and Bob elsewhere: each subscribes to the other, and nothing waits. */
export async function aliceAndBob(): Promise<{ alice: Owner; bob: string } & AsyncDisposable> {
  const alice = await createOwner("Alice");
  const bob = await alice.meet("Bob");
  await alice.letIn(bob);
  await alice.subscribeTo(bob);
  await alice.sendAll();
  return { alice, bob, [Symbol.asyncDispose]: () => alice[Symbol.asyncDispose]() };
}

/** What a person of this name, on a host of their own, says of themselves. */
export function cardOf(name: string): PersonCard {
  const handle = name.toLowerCase();
  const host = `${handle}.example`;
  const uri = `http://${host}/people/${handle}`;
  return {
    uri,
    handle,
    host,
    name,
    aboutHtml: "",
    url: `http://${host}/@${handle}`,
    inbox: `${uri}/inbox`,
    sharedInbox: "",
    followersUri: `${uri}/followers`,
    outboxUri: "",
    featuredUri: "",
    pictureUrl: "",
    approves: true,
    automated: false,
  };
}

export function postCardOf(uri: string, authorId: string): PostCard {
  return {
    uri,
    authorId,
    kind: "note",
    html: "<p>hello</p>",
    title: "",
    warning: "",
    language: "",
    url: "",
    reach: "everyone",
    publishedAt: 0,
    editedAt: 0,
    replyToUri: "",
    mentions: [],
    to: [],
  };
}
