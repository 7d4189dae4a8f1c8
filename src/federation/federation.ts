import { createHmac } from "node:crypto";
import type { Clock } from "../lib/clock.ts";
import { NodeError } from "../lib/errors.ts";
import type { Random } from "../lib/ids.ts";
import type { Log } from "../lib/log.ts";
import { createRates, type Rates } from "../lib/rates.ts";
import type { Viewer } from "../social/access.ts";
import type { Identity } from "../social/identity/identity.ts";
import { loadSecret } from "../social/identity/load-identity.ts";
import { forgetPassedBefore } from "../social/threads/queries.ts";
import type { Job, JobHandler } from "../store/jobs.ts";
import type { Store } from "../store/store.ts";
import { addressesOf } from "./addresses.ts";
import { askForPage } from "./ask-for-page.ts";
import { createSubscribers } from "./collections/subscribers.ts";
import { createDocuments } from "./documents.ts";
import { createInbox } from "./inbox/door.ts";
import { letInJob } from "./inbox/let-in.ts";
import { importKeys } from "./keys.ts";
import { lookUp, lookUpAnew, lookUpPost } from "./look-up.ts";
import { askForMissed, comeBack, noteUp } from "./outbox/absence.ts";
import { catchUpJob } from "./outbox/catch-up.ts";
import { checkListingJob } from "./outbox/check-listing.ts";
import { checkMoveJob } from "./outbox/check-move.ts";
import { checkPassedJob } from "./outbox/check-passed.ts";
import { checkQuote, checkQuoting } from "./outbox/check-quote.ts";
import { createDeliver } from "./outbox/deliver.ts";
import { giveUp } from "./outbox/deliveries.ts";
import { fetchBoostedJob, fetchPersonJob, fetchPostJob, probeJob } from "./outbox/fetch.ts";
import { fetchAnswerJob } from "./outbox/fetch-answer.ts";
import { createGoneMemory } from "./outbox/gone-memory.ts";
import { learnKeyNow } from "./outbox/key-now.ts";
import { openLetterJob } from "./outbox/open-letter.ts";
import { forgetListingChecks } from "./outbox/plan-fetches.ts";
import { lookForAnswers, readAnswersJob } from "./outbox/read-answers.ts";
import {
  sendFriendshipEnded,
  sendIntroduction,
  sendOffer,
  sendOfferAccepted,
  sendOfferWithdrawn,
} from "./outbox/send-friendship.ts";
import { sendLetter } from "./outbox/send-letter.ts";
import { sendMove } from "./outbox/send-move.ts";
import { sendPassedOff, sendPassedOn } from "./outbox/send-passed.ts";
import { sendDelete, sendPost } from "./outbox/send-post.ts";
import { sendQuoteAnswer, sendQuoteRequest, sendQuoteRevoked } from "./outbox/send-quotes.ts";
import { sendPin, sendReaction, sendUnboost, sendUnreact } from "./outbox/send-reaction.ts";
import { sendReplyAnswer } from "./outbox/send-reply-answer.ts";
import { sendReport } from "./outbox/send-report.ts";
import { sendAnswer, sendFollow, sendProfile, sendUnfollow } from "./outbox/send-requests.ts";
import { closePollJob, sendVote } from "./outbox/send-vote.ts";
import { spreadJob } from "./outbox/spread.ts";
import { createOwnActor } from "./own-actor.ts";
import type { Parts } from "./parts.ts";
import { everybodyBlocked, forgetHandled, hasTiesAt, isKnownPerson, waitingHosts } from "./queries.ts";
import { createReading, waitToRead } from "./reading.ts";
import { remembered } from "./remembered.ts";
import { createSessionDoor, type Entrance } from "./session-door.ts";
import { createVerifySigner, type VerifySigner } from "./verify-signer.ts";
import { askerOf } from "./viewer.ts";

/** Longer than any sender tries the same activity. */
const HANDLED_KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/** Whose it is can be asked as long as anything is tried. */
const PASSED_KEPT_MS = 60 * 24 * 60 * 60 * 1000;

export type FederationOptions = {
  store: Store;
  identity: Identity;
  /** A verified request came from this host, or it was found to be on: its queue may be tried at once. */
  onContact: (host: string) => void;
  now: Clock;
  random: Random;
  log: Log;
  /** See Parts; not given: it is always everybody's turn. */
  turn?: () => Promise<void>;
  /** See Parts; not given: to none. */
  allowsOutside?: (host: string) => boolean;
  /** True when the onion has a descriptor now, which means that it is on. Must not throw. */
  descriptor: (onion: string) => Promise<boolean>;
  /** Shared with the pages of the public face; not given: only what is asked here counts. */
  rates?: Rates;
  /** Reads that nobody may link to each other, or to what is signed; not given: the process's own fetch. */
  fetchOnce?: typeof fetch;
  /** For people who read in a browser; not given: nobody is let in so. */
  entrance?: Entrance;
  /** Of this program, for NodeInfo. */
  version?: string;
};

export interface Federation extends AsyncDisposable {
  /** Answers ActivityPub, WebFinger, host-meta and NodeInfo; null: not ours, a page may answer. */
  handle(request: Request): Promise<Response | null>;
  /** For the job runner, one for each kind in social/jobs.ts. */
  readonly handlers: Record<string, JobHandler>;
  /** For the job runner: a job was given up, because its time was over or its handler said stop. */
  stopped(job: Job, why: string): Promise<void>;
  /** Throws NodeError: address-not-understood, address-own, person-not-found, peer-off, tor-down. */
  lookUp(address: string): Promise<{ personId: string }>;
  /** The same, but asked at their own address now, whatever is known: what they say of themselves may be new. */
  lookUpAnew(address: string): Promise<{ personId: string }>;
  /**
   * Asks a person's address for their key; it has to be this one. Throws "together-other-key", "peer-off", "tor-down" and the
   * like.
   */
  checkKey(personId: string, fingerprint: string): Promise<void>;
  lookUpPost(uri: string): Promise<{ postId: string } | null>;
  /** Looks for answers in the thread of a post; jobs do the work. */
  lookForAnswers(postId: string): Promise<void>;
  /** Hosts that something waits for and that are on now, found by their descriptors. For every 15 minutes while up. */
  hostsToProbe(now: number): Promise<string[]>;
  /** To be said in the end, when people could reach this node. */
  noteUp(now: number): Promise<void>;
  /** People can reach this node; to be said every few minutes. After more than a day away others are told, and what was missed is asked for. */
  comeBack(now: number): Promise<void>;
  /** Asks for what people wrote whom the owner subscribes to; returns how many are asked. */
  catchUp(now: number): Promise<number>;
  /** Forgets what need not be known any more, as marks of activities handled 90 days ago. */
  sweep(now: number): Promise<void>;
  /** A link to a person's own pages, as the owner may see them; see ask-for-page.ts. */
  askForPage(personId: string): Promise<{ url: string; seconds: number }>;
  /** Says who asks, for what is not for everyone. */
  sign(request: Request): Promise<Request>;
  /** Who asks for something that is not a document; null: somebody who is shown nothing. */
  viewer(request: Request): Promise<Viewer | null>;
  /** Seconds that they have to wait for a file, if the request is signed; 0: go on. */
  waitForFile(request: Request, viewer: Viewer): Promise<number>;
}

export async function createFederation(o: FederationOptions): Promise<Federation> {
  const { store, identity, now, log } = o;
  const parts = await partsOf(o);
  const verifySigner = createVerifySigner({
    documents: parts.documents,
    now,
    isKnown: (uri) => isKnownPerson(store.read, uri),
    allowsOutside: parts.allowsOutside,
  });
  return {
    handle: createAnswering(parts, verifySigner, o),
    handlers: handlersOf(parts),
    async stopped(job, why) {
      log.info("a delivery was given up", { kind: job.kind, why });
      await giveUp(store, job, why, now());
    },
    lookUp: (address) => lookUp(parts, address),
    lookUpAnew: (address) => lookUpAnew(parts, address),
    async checkKey(personId, fingerprint) {
      const { key } = await learnKeyNow(parts, personId);
      if (key.fingerprint !== fingerprint)
        throw new NodeError("together-other-key", "not the key in the code");
    },
    lookUpPost: (uri) => lookUpPost(parts, uri),
    lookForAnswers: (postId) => lookForAnswers(parts, postId),
    async hostsToProbe(time) {
      const up: string[] = [];
      for (const host of await waitingHosts(store.read, time)) if (await o.descriptor(host)) up.push(host);
      return up;
    },
    noteUp: (time) => noteUp(store, time),
    async comeBack(time) {
      if (await comeBack(store, { ownerId: identity.ownerId, now: time, random: o.random }))
        log.info("back after more than a day");
    },
    catchUp: (time) => store.transact((tx) => askForMissed(tx, identity.ownerId, time)),
    askForPage: (personId) => askForPage(parts, personId),
    sign: parts.documents.sign,
    async viewer(request) {
      const { pathname } = new URL(request.url);
      const asker = await askerOf(parts, verifySigner, new Request(parts.at.origin + pathname, request));
      return asker === "blocked" ? null : asker;
    },
    waitForFile: (request, viewer) => waitToRead(parts, request, viewer, "media"),
    sweep: (time) =>
      store.transact(async (tx) => {
        await forgetHandled(tx, time - HANDLED_KEPT_MS);
        await forgetPassedBefore(tx, time - PASSED_KEPT_MS);
        await forgetListingChecks(tx, time);
      }),
    async [Symbol.asyncDispose]() {},
  };
}

async function partsOf(o: FederationOptions): Promise<Parts> {
  const { store, identity, now, log } = o;
  const rsa = await loadSecret(store.read, "actor-rsa");
  const ed25519 = await loadSecret(store.read, "actor-ed25519");
  const keys = await importKeys(identity, { rsa, ed25519 });
  const at = addressesOf(identity);
  const turn = o.turn ?? (() => Promise.resolve());
  const documents = createDocuments({
    keys,
    turn,
    now,
    fetchOnce: o.fetchOnce ?? ((input, init) => fetch(input, init)),
    hasRelation: (host) => hasTiesAt(store.read, identity.ownerId, host),
  });
  const gone = await createGoneMemory({ store, documents, now });
  return {
    store,
    identity,
    at,
    keys,
    documents,
    ...createOwnActor({ store, identity, at, keys }),
    blocked: remembered(store, ["Blocked", "BlockedHost"], () => everybodyBlocked(store.read)),
    subscribers: createSubscribers({ store, identity, now }),
    deliver: createDeliver({ keys, gone, turn, now }),
    onContact: o.onContact,
    allowsOutside: o.allowsOutside ?? (() => false),
    descriptor: o.descriptor,
    // The same for every copy of a post and for its edits, unknown to whoever lacks the key.
    circleOf: (postUri) =>
      createHmac("sha256", ed25519).update(`circle\n${postUri}`).digest("hex").slice(0, 32),
    turn,
    rates: o.rates ?? createRates(now),
    now,
    log,
  };
}

/** POST goes to the inbox or asks for a way in, GET and HEAD read; null: neither. */
function createAnswering(
  parts: Parts,
  verifySigner: VerifySigner,
  { version = "0.0.0", entrance }: FederationOptions,
): Federation["handle"] {
  const inbox = createInbox(parts, verifySigner);
  const read = createReading(parts, verifySigner, version);
  const door = entrance === undefined ? null : createSessionDoor(parts, verifySigner, entrance);
  const session = new URL(`${parts.at.person}/session`).pathname;
  const inboxes = [parts.at.inbox, parts.at.sharedInbox].map((address) => new URL(address).pathname);
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    // Always our own origin, never what the Host header says.
    const address = parts.at.origin + pathname + search;
    if (request.method === "POST") {
      if (pathname === session && door !== null) return door(new Request(address, request));
      return inboxes.includes(pathname) ? inbox(new Request(address, request)) : null;
    }
    if (request.method !== "GET" && request.method !== "HEAD") return null;
    return read(new Request(address, { method: request.method, headers: request.headers }));
  };
}

function handlersOf(parts: Parts): Record<string, JobHandler> {
  return {
    post: sendPost(parts),
    delete: sendDelete(parts),
    spread: spreadJob(parts),
    "reply-answer": sendReplyAnswer(parts),
    "pass-on": sendPassedOn(parts),
    "pass-off": sendPassedOff(parts),
    "check-passed": checkPassedJob(parts),
    unboost: sendUnboost(parts),
    react: sendReaction(parts),
    unreact: sendUnreact(parts),
    pin: sendPin(parts),
    follow: sendFollow(parts),
    unfollow: sendUnfollow(parts),
    accept: sendAnswer(parts, "accept"),
    reject: sendAnswer(parts, "reject"),
    offer: sendOffer(parts),
    "offer-accept": sendOfferAccepted(parts),
    "offer-withdraw": sendOfferWithdrawn(parts),
    "friendship-end": sendFriendshipEnded(parts),
    introduce: sendIntroduction(parts),
    letter: sendLetter(parts),
    "open-letter": openLetterJob(parts),
    profile: sendProfile(parts),
    report: sendReport(parts),
    move: sendMove(parts),
    "check-move": checkMoveJob(parts),
    "check-listing": checkListingJob(parts),
    "quote-request": sendQuoteRequest(parts),
    "quote-answer": sendQuoteAnswer(parts),
    "quote-revoke": sendQuoteRevoked(parts),
    "check-quote": checkQuote(parts),
    "check-quoting": checkQuoting(parts),
    vote: sendVote(parts),
    "close-poll": closePollJob(parts),
    "fetch-person": fetchPersonJob(parts),
    "fetch-post": fetchPostJob(parts),
    "fetch-boosted": fetchBoostedJob(parts),
    "read-answers": readAnswersJob(parts),
    "fetch-answer": fetchAnswerJob(parts),
    "catch-up": catchUpJob(parts),
    probe: probeJob(parts),
    "let-in": letInJob(parts),
  };
}
