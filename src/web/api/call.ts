import type { TokenView } from "../../social/tokens/tokens.ts";
import type { OwnerActing, OwnerPorts } from "../ports.ts";
import type { Fields } from "./fields.ts";
import type { Site } from "./shapes/site.ts";

/** One request of an app that showed a token good for it. */
export type Call = {
  ports: OwnerPorts;
  acting: OwnerActing;
  token: TokenView;
  fields: Fields;
  /** Path of the request, without its query. */
  path: string;
  /** A part of the path, e.g. "id". */
  part(name: string): string;
  /** Empty: none was sent. */
  idempotencyKey: string;
};

/** What an app gets: JSON, and for lists the way to the neighbouring pages. */
export type Answer = { json: unknown; link?: string };

export type Work = (call: Call) => Promise<Answer>;

/** Where this node is for its apps, and its name on the network. */
export function siteOf(call: Call): Site {
  return { base: `http://127.0.0.1:${call.ports.port()}`, host: call.acting.me.onion };
}
