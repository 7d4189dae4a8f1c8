import { idOf } from "../../../src/lib/ids.ts";
import { block } from "../../../src/social/people/block.ts";
import { type Besieged, besiege } from "../besieged.ts";
import { type Peer, type Signing, showFirstPosts } from "../peer.ts";
import { recorded } from "../recorded/all.ts";
import { AS, PUBLIC } from "../recorded/cast.ts";
import { type Mutation, mutated } from "./mutate.ts";
import { createStage } from "./stage.ts";
import { type Watch, watch } from "./watch.ts";

/** One activity to be sent: by whom, which of the recorded ones, and what was done to it. */
export type Shot = { by: number; recording: number; changes: Mutation[]; how: keyof typeof signings };

/** What came of it. `faults`: what must not have happened, in words. */
export type Hit = { type: string; status: number; body: string; effective: boolean; faults: string[] };

export interface Bombarded extends AsyncDisposable {
  /** Actors, posts and places of everybody involved. */
  readonly names: readonly string[];
  readonly signers: number;
  readonly recordings: number;
  fire(shot: Shot): Promise<Hit>;
}

const signings = {
  own: () => ({}),
  rfc9421: () => ({ spec: "rfc9421" }),
  "another's key": (other) => ({ keyId: other.keyId }),
} satisfies Record<string, (other: Peer) => Signing>;

/** Jobs that go out because of what was received, each to one place that follows from who sent it. */
const answers = [
  ...[
    "accept",
    "reject",
    "fetch-post",
    "fetch-boosted",
    "probe",
    "check-move",
    "profile",
    "reply-answer",
    "pass-on",
    "pass-off",
  ],
  ...["offer-accept", "offer-withdraw", "friendship-end", "fetch-person"],
  ...["quote-answer", "check-quote", "check-quoting", "fetch-file", "fetch-face", "fetch-emoji"],
  "open-letter",
];

/** Properties that name a post as quoted. */
const QUOTING = ["quote", "quoteuri", "quoteurl", "misskeyquote", "href"];

/** Properties that name a post as passed on. */
const BOOSTING = ["object", "id"];

export async function bombarded(): Promise<Bombarded> {
  const at = await besiege();
  const { anna, friend, attacker } = at;
  anna.runner.pause();
  const { me } = anna.acting;
  for (const peer of [friend, attacker]) await showsFirstPosts(at, peer);
  const blocked = await blockedPeer(at);
  const blockedPost = postOfBlocked(at, blocked);
  const signers = [attacker, attacker, friend, at.neighbour, at.stranger("stranger"), blocked];
  const watching = await watch(anna, idOf(blocked.uri));
  const stage = await createStage(at);
  const { ownerPost } = stage;

  const cast = await stage.castFor(attacker, friend);
  const places = [friend, attacker, at.neighbour].flatMap((peer) => [
    peer.uri,
    peer.origin,
    peer.keyId,
    `${peer.uri}/followers`,
  ]);
  // The posts of now: those of the beginning are deleted soon.
  const namesNow = () => {
    const posts = [stage.postOf(friend), stage.postOf(attacker)];
    const known = [me.ownerUri, ownerPost, friend.uri, attacker.uri, ...posts];
    return [...known, me.origin, PUBLIC, ...places, blocked.uri, blockedPost];
  };
  return {
    names: namesNow(),
    signers: signers.length,
    recordings: recorded(cast).length,
    async fire({ by, recording, changes, how }) {
      const sender = signers[by % signers.length] ?? attacker;
      const other = sender === friend ? attacker : friend;
      const cast = await stage.castFor(sender, other);
      const names = namesNow();
      await watching.look();
      const all = recorded(cast);
      const activity = all[recording % all.length] ?? { type: "?" };
      const body = mutated(activity, changes, names);
      at.fediverse.requests.length = 0;
      const status = await at.send(sender, body, signings[how](other));
      // One thing of each waits at the gate: whoever is unknown is told to bring the next later.
      const personId = idOf(sender.uri);
      const told = status === 503 && (await anna.store.read.knock.count({ where: { personId } })) > 0;
      const faults = status >= 500 && !told ? [`the answer is ${status}`] : [];
      faults.push(...(await watching.faults(sender)));
      faults.push(
        ...strays(at.fediverse.requests, [
          `GET ${sender.host} ${new URL(sender.uri).pathname}`,
          ...asked(how, other),
        ]),
      );
      faults.push(...(await follow(at, watching, sender)));
      faults.push(...(await watching.harm()));
      const effective = watching.changed();
      if (sender === blocked && (effective || status === 202)) faults.push("somebody blocked was heard");
      await watching.look();
      return { type: activity.type, status, body, effective, faults };
    },
    [Symbol.asyncDispose]: () => at[Symbol.asyncDispose](),
  };
}

const asked = (how: Shot["how"], other: Peer) =>
  how === "another's key" ? [`GET ${other.host} ${new URL(other.uri).pathname}`] : [];

function strays(requests: readonly string[], allowed: readonly string[]): string[] {
  return requests.filter((line) => !allowed.includes(line)).map((line) => `asked for ${line}`);
}

/** Where they say their inbox is; a changed profile of theirs may have named an odd place on their own host. */
async function inboxOf({ anna }: Besieged, sender: Peer): Promise<string> {
  const row = await anna.store.read.person.findFirst({ where: { uri: sender.uri } });
  const said = URL.parse(row?.inbox ?? "");
  return said?.host === sender.host ? said.pathname : `${new URL(sender.uri).pathname}/inbox`;
}

/** Does the work that was written, and says which requests of it do not follow from what FEDERATION.md says. */
async function follow(at: Besieged, watching: Watch, sender: Peer): Promise<string[]> {
  const faults: string[] = [];
  const { store, federation } = at.anna;
  for (const job of await watching.work()) {
    at.fediverse.requests.length = 0;
    if (!answers.includes(job.kind)) faults.push(`work of another kind: ${job.kind}`);
    await federation.handlers[job.kind]?.({ ...job, tries: 0 }, AbortSignal.timeout(10_000));
    const allowed = [`POST ${sender.host} ${await inboxOf(at, sender)}`];
    if (job.kind === "fetch-post") {
      const uri = job.about["uri"] ?? "";
      const answered = await store.read.post.findFirst({
        where: { replyToUri: uri, author: { uri: sender.uri } },
      });
      if (answered === null) faults.push(`nobody answered ${uri}`);
      const { host, pathname } = new URL(uri);
      if (/^at-/.test(host) && host !== "at-inreplyto.example") faults.push(`followed ${uri}`);
      allowed.push(`GET ${host} ${pathname}`);
    }
    if (job.kind === "check-move") {
      const { personId, target = "" } = job.about;
      if (personId !== idOf(sender.uri)) faults.push("moved somebody else");
      allowed.push(`GET ${URL.parse(target)?.host} ${URL.parse(target)?.pathname}`);
    }
    if (job.kind === "fetch-boosted") {
      const { by, uri = "" } = job.about;
      if (by !== idOf(sender.uri)) faults.push("passed on by somebody else");
      const { host } = new URL(uri);
      const place = /^at-(.*)\.example$/.exec(host)?.[1];
      if (place !== undefined && !BOOSTING.includes(place)) faults.push(`followed ${uri}`);
      // The post, and who wrote it.
      allowed.push(...at.fediverse.requests.filter((line) => line.startsWith(`GET ${host} `)));
    }
    if (job.kind === "fetch-person") {
      const { host, pathname } = new URL(job.about["uri"] ?? "");
      const where = { personId: idOf(job.about["uri"] ?? ""), byId: idOf(sender.uri) };
      // A new friend's own profile, which says more to friends; else somebody they introduced.
      const theirs = job.about["uri"] === sender.uri;
      if (!theirs && (await store.read.introduction.findFirst({ where })) === null)
        faults.push("introduced by nobody");
      allowed.push(`GET ${host} ${pathname}`);
    }
    // Their profile is read for their key, and what it says is theirs.
    if (job.kind === "open-letter")
      allowed.push(...at.fediverse.requests.filter((line) => line.startsWith(`GET ${sender.host} `)));
    if (job.kind === "check-quoting") {
      const { host, pathname } = new URL(job.about["quotingUri"] ?? "");
      if (host !== sender.host) faults.push(`followed ${host}`);
      allowed.push(`GET ${host} ${pathname}`);
    }
    if (job.kind === "check-quote") {
      const where = { id: job.about["postId"] ?? "", author: { uri: sender.uri } };
      const quoting = await store.read.post.findFirst({ where });
      if (quoting === null) faults.push("nobody of theirs quotes anything");
      const { host } = new URL(quoting?.quoteOfUri ?? sender.uri);
      const place = /^at-(.*)\.example$/.exec(host)?.[1];
      if (place !== undefined && !QUOTING.includes(place)) faults.push(`followed ${quoting?.quoteOfUri}`);
      // What is quoted, who wrote it, and their leave: all in one place.
      allowed.push(...at.fediverse.requests.filter((line) => line.startsWith(`GET ${host} `)));
    }
    faults.push(...strays(at.fediverse.requests, allowed));
    await store.transact((tx) => tx.job.delete({ where: { id: job.id } }));
  }
  return faults;
}

/** Else no post of theirs can be put first. */
async function showsFirstPosts({ anna }: Besieged, peer: Peer): Promise<void> {
  showFirstPosts(peer, `${peer.uri}/collections/featured`);
  await anna.federation.lookUpAnew(peer.uri);
}

/** Somebody on a host of their own whom the owner wants nothing from. */
async function blockedPeer(at: Besieged): Promise<Peer> {
  const peer = at.stranger("blocked");
  const { personId } = await at.anna.federation.lookUp(peer.uri);
  await at.anna.acting.transact((tx) => block(tx, personId, Date.now()));
  return peer;
}

/** Anybody could pass it on, quote or answer it. */
function postOfBlocked(at: Besieged, peer: Peer): string {
  const written = at.note(peer);
  peer.documents.set(new URL(written.id).pathname, { "@context": AS, ...written });
  return written.id;
}
