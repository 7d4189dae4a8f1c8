import { request } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import { quietServer } from "../../src/listening.ts";
import type { Acting } from "../../src/social/acting.ts";
import { noteVisit } from "../../src/social/guests/visit.ts";
import type { VisitorDoors } from "../../src/web/ports.ts";
import { createVisitorServer } from "../../src/web/visitor/server.ts";
import type { Fediverse, Member } from "./federated.ts";
import type { Answer } from "./owner-browser.ts";

/** A whole node's public face on a socket, as Tor speaks to it. */
export interface Face extends AsyncDisposable {
  readonly member: Member;
  ask(path: string, o?: Asked): Promise<Answer>;
}

/** For who comes in by a link. */
export function doorsOf({ acting, entrances }: Pick<Member, "acting" | "entrances">): VisitorDoors {
  return { ...guestDoors(acting), enter: entrances.use };
}

/** The same where nobody has a node of their own. */
export function guestDoors(acting: Pick<Acting, "transact" | "now">): VisitorDoors {
  return {
    random: systemRandom,
    enter: () => null,
    opened: (guestId, what) => acting.transact((tx) => noteVisit(tx, guestId, what, acting.now())),
  };
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
      blob: async () => null,
      doors: doorsOf(member),
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
