import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEntrances, type Entrances } from "../../src/entrances.ts";
import { createFederation, type Federation } from "../../src/federation/federation.ts";
import { type Random, systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import { createRates, type Rates } from "../../src/lib/rates.ts";
import type { Acting } from "../../src/social/acting.ts";
import { requireIdentity } from "../../src/social/identity/load-identity.ts";
import { keepKeys } from "../../src/social/messages/keys/own.ts";
import { createJobRunner, type JobRunner } from "../../src/store/job-runner.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { keys, putOwner } from "./made-owner.ts";
import { createPeer, type KeyPair, type Peer } from "./peer.ts";

/** Several whole federations in one process, each with a real encrypted store, and a network that is a table. */
export interface Fediverse extends AsyncDisposable {
  /** `turn`: see the federation's own option. */
  join(name: string, turn?: () => Promise<void>): Promise<Member>;
  /** A server made by hand; its name is a host on no real network. */
  peer(host: string, name: string, keys?: KeyPair): Peer;
  /** Milliseconds that everybody's clock is ahead of this computer's. */
  later: number;
  /** Whether members may go to a server outside the onion network; to any, until a test says otherwise. */
  outside: (host: string) => boolean;
  /** Removed in the end. */
  readonly folder: string;
  /** Every request that left somebody, as "METHOD host path". */
  readonly requests: string[];
  /** Ends what a request to that host gets; null: as usual. */
  interfere(
    host: string,
    how: ((request: Request, go: () => Promise<Response>) => Promise<Response>) | null,
  ): void;
  /** Hands a request to a host as its web server would. */
  ask(request: Request): Promise<Response>;
}

export type Member = {
  readonly name: string;
  readonly host: string;
  readonly address: string;
  readonly uri: string;
  readonly store: Store;
  readonly acting: Acting;
  readonly federation: Federation;
  readonly runner: JobRunner;
  /** Single-use links to their pages. */
  readonly entrances: Entrances;
  turn(how: "on" | "off"): void;
  warnings: string[];
};

type Host = { handle: (request: Request) => Promise<Response | null>; on: boolean };
type Interference = (request: Request, go: () => Promise<Response>) => Promise<Response>;

/** Budgets that are never used up. */
const boundless: Rates = { take: () => 0 };

/** `limited`: with the budgets of a real node; "still": and no time passes in which they fill again. */
export async function createFediverse({ limited = false }: { limited?: Limited } = {}): Promise<Fediverse> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "fediverse-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const hosts = new Map<string, Host>();
  const interferences = new Map<string, Interference>();
  const requests: string[] = [];

  const ask = async (request: Request): Promise<Response> => {
    const { host } = new URL(request.url);
    const known = hosts.get(host);
    if (known === undefined || !known.on) throw new TypeError("fetch failed");
    return (await known.handle(request)) ?? new Response("a page", { status: 404 });
  };
  const before = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { host, pathname } = new URL(request.url);
    requests.push(`${request.method} ${host} ${pathname}`);
    const interference = interferences.get(host);
    return interference === undefined ? ask(request) : interference(request, () => ask(request));
  };
  stack.defer(() => {
    globalThis.fetch = before;
  });

  const closing = stack.move();
  const fediverse: Fediverse = {
    later: 0,
    outside: () => true,
    folder,
    requests,
    ask,
    interfere: (host, how) => void (how === null ? interferences.delete(host) : interferences.set(host, how)),
    peer(host, name, keys) {
      const peer = createPeer(host, name, keys);
      hosts.set(host, { handle: peer.handle, on: true });
      return peer;
    },
    async join(name, turn = () => Promise.resolve()) {
      const allowsOutside = (host: string) => fediverse.outside(host);
      const now = () => Date.now() + fediverse.later;
      const member = await createMember({
        folder: join(folder, name),
        ...{ name, hosts, turn, allowsOutside, now, limited },
      });
      closing.use(member);
      return member;
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
  return fediverse;
}

/** Before any clock a test may set. */
const MADE = Date.now();

type Limited = boolean | "still";

type MemberOptions = {
  folder: string;
  name: string;
  hosts: Map<string, Host>;
  turn: () => Promise<void>;
  allowsOutside: (host: string) => boolean;
  now: () => number;
  limited: Limited;
};

async function createMember(o: MemberOptions): Promise<Member & AsyncDisposable> {
  const { folder, name, hosts, turn, now, limited } = o;
  await using stack = new AsyncDisposableStack();
  const random: Random = systemRandom;
  const warnings: string[] = [];
  const log = createLog((line) => void warnings.push(line), "warn");
  await putOwner(folder, name, MADE);
  const store = stack.use(await openStore({ folder, keys, deviceId: "device", now, log }));
  const me = await requireIdentity(store.read);
  let runner: JobRunner | null = null;
  await keepKeys(store, me, now());
  const entrances = createEntrances(random, now);
  const federation = stack.use(
    await createFederation({
      store,
      identity: me,
      onContact: (host) => runner?.wake(host),
      turn,
      allowsOutside: o.allowsOutside,
      ...(limited === true ? {} : { rates: limited === "still" ? createRates(() => MADE) : boundless }),
      entrance: entrances.give,
      descriptor: async (onion) => hosts.get(onion)?.on === true,
      now,
      random,
      log,
    }),
  );
  const running = stack.use(
    createJobRunner({
      store,
      handlers: federation.handlers,
      stopped: federation.stopped,
      now,
      random: Math.random,
      log,
    }),
  );
  runner = running;
  running.start();
  const host: Host = { handle: federation.handle, on: true };
  hosts.set(me.onion, host);
  const closing = stack.move();
  return {
    name,
    host: me.onion,
    address: `${me.handle}@${me.onion}`,
    uri: me.ownerUri,
    store,
    acting: { me, read: store.read, transact: (work) => store.transact(work), now, random },
    federation,
    runner: running,
    entrances,
    warnings,
    turn(how) {
      host.on = how === "on";
      if (how === "on") running.resume();
      else running.pause();
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
