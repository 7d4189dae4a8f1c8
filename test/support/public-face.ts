import { request } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createLog } from "../../src/lib/log.ts";
import { quietServer } from "../../src/listening.ts";
import { createVisitorServer } from "../../src/web/visitor/server.ts";
import type { Fediverse, Member } from "./federated.ts";
import type { Answer } from "./owner-browser.ts";

/** A whole node's public face on a socket, as Tor speaks to it. */
export interface Face extends AsyncDisposable {
  readonly member: Member;
  ask(path: string, o?: Asked): Promise<Answer>;
}

export type Asked = { method?: string; headers?: Record<string, string>; body?: string };

/** A picture of this node; a file that is none, should one ever lie there; a path at which something breaks inside. */
export const PICTURE = "5".repeat(32);
export const NO_PICTURE = "6".repeat(32);
export const BREAKS = "/breaks";

export async function openFace(fediverse: Fediverse, name: string): Promise<Face> {
  const member = await fediverse.join(name);
  const types = new Map([
    [PICTURE, "image/jpeg"],
    [NO_PICTURE, "application/activity+json"],
  ]);
  const app = createVisitorServer(
    {
      acting: () => member.acting,
      federation: async (asked) => {
        if (new URL(asked.url).pathname === BREAKS) throw new Error("broken");
        return member.federation.handle(asked);
      },
      wait: () => 0,
      media: async (id) => {
        const type = types.get(id);
        const bytes = Buffer.from('{"type":"Person"}');
        if (type === undefined) return null;
        return { type, bytes: bytes.byteLength, open: () => Readable.from([bytes]) };
      },
      log: createLog(() => {}, "silent"),
    },
    { publicFolder: "public" },
  );
  const socketPath = join(fediverse.folder, `${name}.sock`);
  const server = quietServer({ connections: 100 }, app);
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    member,
    ask: (path, asked = {}) => exchange(socketPath, member.host, path, asked),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function exchange(socketPath: string, host: string, path: string, asked: Asked): Promise<Answer> {
  const { method = "GET", headers = {}, body } = asked;
  return new Promise((resolve, reject) => {
    const options = { socketPath, method, path, headers: { host, ...headers }, agent: false };
    const sent = request(options, async (res) => {
      const parts = await res.toArray();
      const { statusCode: status = 0, headers } = res;
      resolve({ status, headers, text: Buffer.concat(parts).toString("utf8") });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
