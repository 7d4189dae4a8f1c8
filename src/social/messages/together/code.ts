import type { Identity } from "../../identity/identity.ts";

/**
 * What stands in a code that somebody is shown. Both are an address that any reader of such codes understands; what is behind the
 * "#" never goes over the wire. A card says where somebody is and what their key is, and may be printed. A code for being
 * together has a token as well: good once, for ten minutes.
 */
export type Code = { address: string; fingerprint: string; token: string };

const KEY = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const TOKEN = /^[0-9a-f]{32}$/;

/** token "": a card. */
export function writtenCode(
  me: Pick<Identity, "origin" | "handle">,
  { fingerprint, token = "" }: { fingerprint: string; token?: string },
): string {
  const said = token === "" ? `key=${fingerprint}` : `together=${token}&key=${fingerprint}`;
  return `${me.origin}/@${me.handle}#${said}`;
}

/** null: it is none of ours, but may be an address all the same. */
export function readCode(text: string): Code | null {
  const [address = "", behind, ...more] = text.replace(/\s+/g, "").split("#");
  if (address === "" || behind === undefined || more.length > 0) return null;
  const said = new URLSearchParams(behind);
  const fingerprint = (said.get("key") ?? "").toLowerCase();
  const token = (said.get("together") ?? "").toLowerCase();
  if (!KEY.test(fingerprint) || (token !== "" && !TOKEN.test(token))) return null;
  return { address, fingerprint, token };
}
