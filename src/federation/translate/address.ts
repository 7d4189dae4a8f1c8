import { isOnion } from "../../lib/onion-name.ts";

/** What a person pasted, understood: a name at a host, a host alone, or the address of a thing. */
export type PastedAddress =
  | { kind: "name"; handle: string; host: string }
  | { kind: "host"; host: string }
  | { kind: "uri"; uri: string; host: string };

const HANDLE = /^[a-z0-9_](?:[a-z0-9_.-]{0,62}[a-z0-9_])?$/i;
const CLEARNET = /^(?=.{4,253}$)([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const LENGTH_MAX = 2048;

/** Forgives what copying does to an address: spaces, brackets, capitals, a missing or a doubled @. Null: none. */
export function parseAddress(pasted: string): PastedAddress | null {
  if (pasted.length > LENGTH_MAX) return null;
  const text = pasted
    .normalize("NFKC")
    .replace(/[\p{White_Space}\p{Cf}\p{Cc}]+/gu, "")
    .replace(/^[<("'“„«]+|[>)"'”“»,;]+$/gu, "")
    .replace(/^(?:web\+)?(?:tssop|acct|ap):(?:\/\/)?/i, "");
  return /^https?:\/\//i.test(text) ? fromUrl(text) : fromName(text);
}

function fromName(text: string): PastedAddress | null {
  const [before, path] = cut(text.replace(/^@+/, "").replace(/\.+$/, ""), "/");
  const at = before.lastIndexOf("@");
  const host = before.slice(at + 1).toLowerCase();
  if (!isHost(host)) return null;
  if (at > 0 && path === "") {
    const handle = before.slice(0, at).replace(/@+$/, "");
    return HANDLE.test(handle) ? { kind: "name", handle, host } : null;
  }
  return at >= 0 ? null : fromUrl(`http://${host}/${path}`);
}

function fromUrl(text: string): PastedAddress | null {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "" || url.port !== "") return null;
  const host = url.hostname.toLowerCase();
  if (!isHost(host)) return null;
  if (isOnion(host)) url.protocol = "http:";
  url.hash = "";
  const name = /^\/@([^/@]+)\/?$/.exec(url.pathname)?.[1];
  if (name !== undefined) return HANDLE.test(name) ? { kind: "name", handle: name, host } : null;
  if (url.pathname === "/" && url.search === "") return { kind: "host", host };
  return { kind: "uri", uri: url.href, host };
}

function isHost(host: string): boolean {
  return host.endsWith(".onion") ? isOnion(host) : CLEARNET.test(host);
}

function cut(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + mark.length)];
}
