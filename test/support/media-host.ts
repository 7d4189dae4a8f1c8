import { request as httpRequest } from "node:http";
import { join } from "node:path";
import { createFileFetcher, type FileFetcher } from "../../src/file-fetcher.ts";
import { createOwnFiles, type OwnFiles } from "../../src/file-shelf.ts";
import { createForeignFiles, type ForeignFiles } from "../../src/foreign-files.ts";
import { createLog } from "../../src/lib/log.ts";
import type { Rates } from "../../src/lib/rates.ts";
import { quietServer } from "../../src/listening.ts";
import { createMessageFiles, type MessageFiles } from "../../src/message-files.ts";
import type { Pictures } from "../../src/picture-shelf.ts";
import { blobFor, fileFor } from "../../src/public-face.ts";
import { createVisitorServer } from "../../src/web/visitor/server.ts";
import type { Fediverse, Member } from "./federated.ts";
import { doorsOf } from "./public-face.ts";

/** A member's files, and their public face on a real socket, for whatever the federation does not answer. */
export interface MediaHost extends AsyncDisposable {
  readonly files: OwnFiles;
  readonly foreign: ForeignFiles;
  readonly messageFiles: MessageFiles;
  readonly fetcher: FileFetcher;
  /** As Tor would hand it over. */
  ask(request: Request): Promise<Response>;
}

export const picturing = { childPath: "dist/picture.cjs", libraries: process.env["LD_LIBRARY_PATH"] ?? null };

export async function openMediaHost(
  fediverse: Fediverse,
  member: Member,
  rates: Rates = { take: () => 0 },
  /** Not given: the member has neither picture nor emoji. */
  pictures: Pick<Pictures, "ownFor"> = { ownFor: async () => null },
): Promise<MediaHost> {
  const { store, federation } = member;
  const log = createLog((line) => void member.warnings.push(line), "warn");
  const files = createOwnFiles({ ...picturing, store, now: Date.now });
  const foreign = createForeignFiles({
    store,
    identity: member.acting.me,
    fetch: (input, init) => fetch(input, init),
    fetchOnce: (input, init) => fetch(input, init),
    sign: federation.sign,
    now: Date.now,
    random: () => 0.5,
  });
  const messageFiles = createMessageFiles({ store, now: Date.now });
  const fetcher = createFileFetcher({
    ...{ store, log, sign: federation.sign, now: Date.now, random: () => 0 },
    fetch: (input, init) => fetch(input, init),
  });
  const app = createVisitorServer(
    {
      acting: () => member.acting,
      wait: (budget) => rates.take(budget),
      federation: (request) => federation.handle(request),
      media: (id, request, reader) => fileFor({ federation, files, pictures }, id, request, reader),
      blob: (wireId, request) => blobFor({ federation, messageFiles }, wireId, request),
      doors: doorsOf(member),
      log,
    },
    { publicFolder: "public" },
  );
  const socketPath = join(fediverse.folder, `${member.name}-media.sock`);
  const server = quietServer({ connections: 100 }, app);
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const ask = (request: Request) => exchange(socketPath, member.host, request);
  fediverse.interfere(member.host, (request, go) =>
    /^\/(?:media|blobs)\//.test(new URL(request.url).pathname) ? ask(request) : go(),
  );
  return {
    files,
    foreign,
    messageFiles,
    fetcher,
    ask,
    async [Symbol.asyncDispose]() {
      fediverse.interfere(member.host, null);
      await fetcher[Symbol.asyncDispose]();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function exchange(socketPath: string, host: string, request: Request): Promise<Response> {
  return new Promise((resolve, reject) => {
    const headers = { ...Object.fromEntries(request.headers), host };
    const { pathname: path } = new URL(request.url);
    const sent = httpRequest(
      { socketPath, method: request.method, path, headers, agent: false },
      async (res) => {
        const body = Buffer.concat(await res.toArray());
        const kept = Object.entries(res.headers).map(([name, value]): [string, string] => [
          name,
          String(value),
        ]);
        resolve(
          new Response(body.byteLength === 0 ? null : new Uint8Array(body), {
            status: res.statusCode ?? 0,
            headers: kept,
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end();
  });
}
