import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./config.ts";
import type { Entrances } from "./entrances.ts";
import type { Federation } from "./federation/federation.ts";
import type { OwnFiles } from "./file-shelf.ts";
import type { Clock } from "./lib/clock.ts";
import { type Random, randomId, systemRandom } from "./lib/ids.ts";
import type { Log } from "./lib/log.ts";
import type { Rates } from "./lib/rates.ts";
import { closed, listening, quietServer } from "./listening.ts";
import type { MessageFiles } from "./message-files.ts";
import type { Pictures } from "./picture-shelf.ts";
import { socketFolder } from "./run-folder.ts";
import type { Viewer } from "./social/access.ts";
import { noteVisit } from "./social/guests/visit.ts";
import type { Identity } from "./social/identity/identity.ts";
import type { Store } from "./store/store.ts";
import type { VisitorPorts } from "./web/ports.ts";
import { createVisitorServer } from "./web/visitor/server.ts";

export const SELF_TEST_PREFIX = "/.well-known/tssop-self-test/";

/** "People can reach you" is said only after this answer came back through Tor. New at each start. */
export type SelfTest = {
  path: string;
  answer: string;
  run(onion: string, signal: AbortSignal): Promise<boolean>;
};

export function createSelfTest(random: Random, throughTor: () => typeof globalThis.fetch): SelfTest {
  const path = SELF_TEST_PREFIX + randomId(random);
  const answer = randomId(random);
  return {
    path,
    answer,
    async run(onion, signal) {
      const response = await throughTor()(`http://${onion}${path}`, { signal, redirect: "error" });
      return response.status === 200 && (await response.text()) === answer;
    },
  };
}

type PublicOptions = {
  config: Config;
  store: Store;
  identity: Identity;
  federation: Federation;
  pictures: Pictures;
  files: OwnFiles;
  messageFiles: MessageFiles;
  selfTest: SelfTest;
  entrances: Entrances;
  rates: Rates;
  now: Clock;
  log: Log;
};

type FilePorts = Pick<PublicOptions, "federation" | "files"> & {
  pictures: Pick<Pictures, "ownFor">;
};

/** Whoever signs is counted by who they are, for what anyone may have as well. */
export async function fileFor(
  o: FilePorts,
  id: string,
  request: Request,
  reader: Viewer,
): ReturnType<VisitorPorts["media"]> {
  const signer = await o.federation.viewer(request);
  if (signer === null) return null;
  const viewer = signer.kind === "stranger" && !request.headers.has("Signature") ? reader : signer;
  const wait = await o.federation.waitForFile(request, viewer);
  if (wait > 0) return { wait };
  return (await o.pictures.ownFor(id, viewer)) ?? o.files.shownTo(id, viewer);
}

/** A file of a message; who does not sign is nobody it is for. */
export async function blobFor(
  o: Pick<PublicOptions, "federation" | "messageFiles">,
  wireId: string,
  request: Request,
): ReturnType<VisitorPorts["blob"]> {
  const viewer = request.headers.has("Signature") ? await o.federation.viewer(request) : null;
  if (viewer === null) return null;
  const wait = await o.federation.waitForFile(request, viewer);
  return wait > 0 ? { wait } : o.messageFiles.forAsker(wireId, viewer);
}

/** The public face, on a unix socket that only Tor speaks to. */
export async function listenPublic(o: PublicOptions): Promise<AsyncDisposable & { path: string }> {
  const visitor = createVisitorServer(
    {
      acting: () => ({ me: o.identity, read: o.store.read, now: o.now }),
      federation: (request) => o.federation.handle(request),
      wait: (budget) => o.rates.take(budget),
      media: (id, request, reader) => fileFor(o, id, request, reader),
      blob: (wireId, request) => blobFor(o, wireId, request),
      doors: {
        random: systemRandom,
        enter: o.entrances.use,
        opened: (guestId, what) => o.store.transact((tx) => noteVisit(tx, guestId, what, o.now())),
      },
      log: o.log,
    },
    { publicFolder: o.config.publicFolder },
  );
  const server = quietServer(
    {
      connections: 512,
      headersTimeout: 30_000,
      requestTimeout: 60_000,
      connectionsCheckingInterval: 5_000,
      maxHeaderSize: 16_384,
    },
    (req, res) => {
      if (req.method === "GET" && req.url === o.selfTest.path) {
        res.sendDate = false;
        res.end(o.selfTest.answer);
      } else visitor(req, res);
    },
  );
  const folder = socketFolder(o.config.folder);
  const path = join(folder, "public.sock");
  rmSync(path, { force: true });
  await listening(server, path);
  return {
    path,
    [Symbol.asyncDispose]: async () => {
      await closed(server);
      rmSync(path, { force: true });
    },
  };
}
