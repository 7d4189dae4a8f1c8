import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type ByPhone, createByPhone } from "./by-phone.ts";
import type { Config } from "./config.ts";
import { createEntrances, type Entrances } from "./entrances.ts";
import { createFederation, type Federation } from "./federation/federation.ts";
import { createFileFetcher, type FileFetcher } from "./file-fetcher.ts";
import { createOwnFiles, type OwnFiles } from "./file-shelf.ts";
import { createForeignFiles, type ForeignFiles } from "./foreign-files.ts";
import { createForeignPictures } from "./foreign-pictures.ts";
import type { Clock } from "./lib/clock.ts";
import { NodeError } from "./lib/errors.ts";
import { systemRandom } from "./lib/ids.ts";
import type { Log } from "./lib/log.ts";
import { createRates, type Rates } from "./lib/rates.ts";
import { createMessageFiles, type MessageFiles } from "./message-files.ts";
import { type OutsideServers, openOutsideServers } from "./outside-servers.ts";
import { createPictures, type Pictures } from "./picture-shelf.ts";
import { createSelfTest, listenPublic, SELF_TEST_PREFIX } from "./public-face.ts";
import type { Identity } from "./social/identity/identity.ts";
import { loadIdentity, loadSecret } from "./social/identity/load-identity.ts";
import { LARGEST_FILE } from "./social/media/limits.ts";
import { MESSAGE_FILES } from "./social/messages/files/file.ts";
import { keepKeys } from "./social/messages/keys/own.ts";
import { changeSetting, setting } from "./social/settings/settings.ts";
import { createJobRunner, type JobRunner } from "./store/job-runner.ts";
import { openStore, STORE_FOLDER, type Store, storeExists } from "./store/store.ts";
import { wireBytes } from "./store/wire-seal.ts";
import { createTor, type Tor } from "./tor/tor.ts";
import { createTorFetch, type TorFetch } from "./tor/tor-fetch.ts";
import { followNetwork, followStore, keepUp } from "./upkeep.ts";
import type { OpenVault } from "./vault/vault.ts";
import type { LiveEvent, OwnerActing } from "./web/ports.ts";

/** What lives while the keys are here: the store, Tor, the public face, the queue. Disposing drops all of it. */
export interface Serving extends AsyncDisposable {
  readonly store: Store;
  readonly identity: Identity;
  readonly tor: Tor;
  readonly runner: JobRunner;
  readonly acting: OwnerActing;
  setBridges(lines: string[]): Promise<void>;
  bridges(): string[];
}

export type ServingOptions = {
  config: Config;
  vault: OpenVault;
  store: Store;
  identity: Identity;
  version: string;
  now: Clock;
  log: Log;
  onLive: (event: LiveEvent) => void;
  /** See federation/parts.ts. */
  turn: () => Promise<void>;
};

/** 100 MB over a slow circuit. */
const LARGE_DEADLINE = 30 * 60_000;
/** Files of messages end when nothing comes any more (coming-files.ts); this one is for what never ends. */
const LARGEST_DEADLINE = 4 * 24 * 60 * 60_000;

const dataIn = (config: Config) => join(config.folder, STORE_FOLDER);

/** Whether this folder holds what its vault opens. */
export function keptIn(config: Config): boolean {
  return storeExists(dataIn(config));
}

/** Opens the encrypted store of an open vault. */
export async function openStoreOf(o: {
  config: Config;
  vault: OpenVault;
  now: Clock;
  log: Log;
}): Promise<Store> {
  return openStore({
    folder: dataIn(o.config),
    keys: { database: o.vault.key("database"), media: o.vault.key("media") },
    deviceId: o.vault.deviceId,
    now: o.now,
    log: o.log,
  });
}

/** Starts everything that serves the owner's friends. The store is handed over: it is closed with the rest. */
export async function startServing(o: ServingOptions): Promise<Serving> {
  await using stack = new AsyncDisposableStack();
  const { store, identity, now, log } = o;
  stack.use(store);
  let bridges = bridgeLines(await setting(store.read, "tor.bridges", ""));
  const outside = await openOutsideServers(store, now);
  const { tor, torFetch, largeFetch, largestFetch, selfTest } = openNetwork(stack, o, { bridges, outside });
  const rates = createRates(now);
  const entrances = createEntrances(systemRandom, now);
  const ways = { tor, rates, outside, torFetch, largeFetch, largestFetch, entrances };
  const { federation, runner, foreign, fetcher } = await openQueue(stack, o, ways);
  const { pictureChild: childPath, nodeLibraries: libraries } = o.config;
  const pictures = createPictures({ store, identity, childPath, libraries, now });
  const files = createOwnFiles({ store, childPath, libraries, now });
  const { fetchOnce } = torFetch;
  const way = { tor, fetchOnce, folder: o.config.folder };
  const phone = stack.use(createByPhone({ ...way, now, random: systemRandom }));
  const messageFiles = createMessageFiles({ store, now });
  const face = { ...o, federation, pictures, files, messageFiles, selfTest, rates, entrances };
  const { path } = stack.use(await listenPublic(face));
  // Before anybody can ask for it, and before what waits goes out.
  await keepKeys(store, identity, now());
  tor.publish({ seed: await loadSecret(store.read, "address"), target: { path }, virtualPort: 80 });

  const onReachable = () => {
    federation.comeBack(now()).catch((error: unknown) => log.error("coming back", error));
  };
  followNetwork(stack, { tor, runner, fetcher, onLive: o.onLive, onReachable });
  followStore(stack, store, o.onLive, log);
  const isReachable = () => tor.state().at === "reachable";
  keepUp(stack, { store, identity, federation, runner, isReachable, now, log });
  runner.start();
  await tor.start();

  const closing = stack.move();
  return {
    store,
    identity,
    tor,
    runner,
    acting: actingFor({ ...o, federation, runner, pictures, outside, files, messageFiles, foreign, phone }),
    bridges: () => bridges,
    async setBridges(lines) {
      await tor.setBridges(lines);
      bridges = lines;
      await store.transact((tx) => changeSetting(tx, "tor.bridges", lines.join("\n")));
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

/** Tor, and the one way out through it. */
function openNetwork(
  stack: AsyncDisposableStack,
  o: ServingOptions,
  { bridges, outside }: { bridges: string[]; outside: OutsideServers },
) {
  const { identity, config, vault, now, log } = o;
  const selfTest = createSelfTest(systemRandom, () => torFetch.fetch);
  const folder = join(config.folder, "tor");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const tor = stack.use(
    createTor({
      binary: config.torBinary,
      ...(config.torLibraries === null ? {} : { libraryPath: config.torLibraries }),
      folder,
      stateKey: vault.key("torState"),
      extraTorrc: config.extraTorrc,
      bridges,
      selfTest: selfTest.run,
      now,
      log,
    }),
  );
  const way = {
    socks: () => tor.socks(),
    onTimeout: (host: string) => tor.forgetCircuit(host),
    ownOnions: () => [identity.onion],
    selfTestPath: SELF_TEST_PREFIX,
    allowClearnet: outside.allows,
    log,
  };
  const torFetch = stack.use(createTorFetch(way));
  torFetch.install();
  // Films and the like, on circuits of their own: what is small does not wait behind them.
  const largeFetch = stack.use(
    createTorFetch({ ...way, apart: true, limits: { maxBytes: LARGEST_FILE, deadlineMs: LARGE_DEADLINE } }),
  );
  const limits = { maxBytes: wireBytes(MESSAGE_FILES.largest), deadlineMs: LARGEST_DEADLINE };
  const largestFetch = stack.use(createTorFetch({ ...way, apart: true, limits }));
  return { tor, torFetch, largeFetch, largestFetch, selfTest };
}

type Ways = {
  tor: Tor;
  rates: Rates;
  outside: OutsideServers;
  torFetch: TorFetch;
  largeFetch: TorFetch;
  largestFetch: TorFetch;
  entrances: Entrances;
};

/** What others send us, and the queue of what goes to them: whoever contacts us gets what waits for them at once. */
async function openQueue(stack: AsyncDisposableStack, o: ServingOptions, ways: Ways) {
  const { tor, rates, outside, torFetch, largeFetch, largestFetch, entrances } = ways;
  const { store, identity, version, now, log } = o;
  let runner: JobRunner | null = null;
  let fetcher: FileFetcher | null = null;
  const federation = stack.use(
    await createFederation({
      store,
      identity,
      onContact: (host) => {
        runner?.wake(host);
        fetcher?.wake(host);
      },
      turn: o.turn,
      allowsOutside: outside.allows,
      descriptor: (onion) => tor.hasDescriptor(onion),
      version,
      rates,
      fetchOnce: torFetch.fetchOnce,
      entrance: entrances.give,
      now,
      random: systemRandom,
      log,
    }),
  );
  const { stopped, sign } = federation;
  const way = { store, identity, now, random: Math.random };
  const foreign = createForeignFiles({ ...way, ...waysOf(largeFetch), sign });
  const { face, emoji } = createForeignPictures({ ...way, ...waysOf(torFetch), sign });
  const ahead = { "fetch-file": foreign.job, "fetch-face": face, "fetch-emoji": emoji };
  const handlers = { ...federation.handlers, ...ahead };
  runner = stack.use(createJobRunner({ store, handlers, stopped, now, random: Math.random, log }));
  const { fetch } = largestFetch;
  fetcher = stack.use(createFileFetcher({ store, fetch, sign, now, random: Math.random, log }));
  return { federation, runner, foreign, fetcher };
}

const waysOf = ({ fetch, fetchOnce }: TorFetch) => ({ fetch, fetchOnce });

/** Reads who lives in this store. Throws "not-set-up" when nobody does: set-up was broken off. */
export async function identityIn(store: Store): Promise<Identity> {
  const identity = await loadIdentity(store.read);
  if (identity === null) throw new NodeError("not-set-up", "the store has no identity");
  return identity;
}

function bridgeLines(text: string): string[] {
  return text.split("\n").filter((line) => line.trim() !== "");
}

type ActingOptions = ServingOptions & {
  federation: Federation;
  runner: JobRunner;
  pictures: Pictures;
  outside: OutsideServers;
  files: OwnFiles;
  messageFiles: MessageFiles;
  foreign: ForeignFiles;
  phone: ByPhone;
};

function actingFor(o: ActingOptions): OwnerActing {
  return {
    me: o.identity,
    read: o.store.read,
    transact: (work) => o.store.transact(work),
    now: o.now,
    random: systemRandom,
    lookUp: (address) => o.federation.lookUp(address),
    lookUpAnew: (address) => o.federation.lookUpAnew(address),
    checkKey: (personId, fingerprint) => o.federation.checkKey(personId, fingerprint),
    lookUpPost: (address) => o.federation.lookUpPost(address),
    async decideOutside(host, state) {
      await o.outside.decide(host, state);
      if (state === "allowed") o.runner.wake(host);
    },
    lookForAnswers: (postId) => o.federation.lookForAnswers(postId),
    catchUp: () => o.federation.catchUp(o.now()),
    tryNow: (host) => o.runner.wake(host),
    storage: async () => ({ ...(await o.store.sizes()), folder: o.config.folder }),
    addPicture: (bytes, as) => o.pictures.add(bytes, as),
    readCode: (bytes) => o.pictures.readCode(bytes),
    media: (id) => o.pictures.forOwner(id),
    addFile: (bytes, said) => o.files.add(bytes, said),
    addMessageFile: (bytes, said) => o.files.addForMessage(bytes, said),
    messageFile: (id) => o.messageFiles.forOwner(id),
    attached: (id) => o.foreign.attached(id),
    fetchAttached: (id) => o.foreign.fetchAttached(id),
    askForPage: (personId) => o.federation.askForPage(personId),
    async offerByPhone(text) {
      const offer = await o.phone.offer(text);
      const taken = offer.taken.finally(() => o.onLive({ changed: ["messages"] }));
      return { ...offer, taken };
    },
    cancelByPhone: () => o.phone.cancel(),
    // Pages that wait for it look again.
    fetchByPhone: (typed, signal) =>
      o.phone.fetch(typed, signal).finally(() => o.onLive({ changed: ["messages"] })),
  };
}
