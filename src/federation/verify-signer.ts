import { getKeyOwner, type KeyCache, verifyRequest } from "@fedify/fedify";
import type { Actor, CryptographicKey, Multikey } from "@fedify/fedify/vocab";
import type { Clock } from "../lib/clock.ts";
import { createBoundedMap } from "./bounded-map.ts";
import { localContexts } from "./contexts.ts";
import type { Documents } from "./documents.ts";
import { outsideHost } from "./outside.ts";

/** Mastodon allows an hour of skew; a request older than this is not believed, whatever its signature. */
const WINDOW = { hours: 1 } as const;
const KEYS_KEPT = 500;
const KEY_KEPT_MS = 5 * 60 * 1000;
/** A key that could not be had is not asked for again at once. */
const MISSING_KEPT_MS = 30 * 1000;

/** Unknown signers' keys that may be on their way at a time: each is a request that a stranger makes this node send. */
const STRANGERS_AT_ONCE = 8;

/**
 * "busy": too many strangers at once; whoever is honest comes again. "outside": says it comes from a server outside the
 * onion network that the owner does not let this node go to, so its key cannot be had.
 */
export type VerifySigner = (request: Request) => Promise<Actor | null | "busy" | "outside">;

/**
 * Who signed a request, by draft-cavage or RFC 9421; null when nobody provably did.
 * The actor and the key name each other in documents they serve themselves: what the request says about
 * its signer counts for nothing (GHSA-q9f8-5hc7-898f). The body of the request is left unread.
 */
export function createVerifySigner(o: {
  documents: Documents;
  now: Clock;
  /** People this node knows are never kept waiting by those it does not. */
  isKnown: (personUri: string) => Promise<boolean>;
  allowsOutside: (host: string) => boolean;
}): VerifySigner {
  const keyCache = createKeyCache(o.now);
  const loaders = { documentLoader: o.documents.loadIntroduced, contextLoader: localContexts };
  let strangers = 0;

  async function signerOf(request: Request): Promise<Actor | null> {
    try {
      const key = await verifyRequest(request, {
        ...loaders,
        keyCache,
        timeWindow: WINDOW,
        currentTime: Temporal.Instant.fromEpochMilliseconds(o.now()),
      });
      return key === null ? null : await getKeyOwner(key, loaders);
    } catch {
      // Malformed dates, keys and documents throw out of the library; none of them is a signature.
      return null;
    }
  }

  return async (request) => {
    if (!coversWhatMatters(request)) return null;
    const claimed = claimedSigner(request) ?? "";
    const outside = outsideHost(claimed);
    if (outside !== null && !o.allowsOutside(outside)) return "outside";
    if (await o.isKnown(claimed)) return signerOf(request);
    if (strangers >= STRANGERS_AT_ONCE) return "busy";
    strangers++;
    try {
      return await signerOf(request);
    } finally {
      strangers--;
    }
  };
}

/** The address a request claims to be signed by, before anything is verified; its fragment cut off. */
export function claimedSigner(request: Request): string | null {
  const header = request.headers.get("Signature-Input") ?? request.headers.get("Signature") ?? "";
  const keyId = /\bkeyid="([^"]+)"/i.exec(header)?.[1];
  return keyId?.split("#")[0] ?? null;
}

export function isSigned(request: Request): boolean {
  return request.headers.has("Signature");
}

/** Whether a header of this name is under every signature that is offered. */
export function signatureCovers(request: Request, header: string): boolean {
  const name = header.toLowerCase();
  const input = request.headers.get("Signature-Input");
  if (input === null) return draftNames(request.headers.get("Signature") ?? "").includes(name);
  const inputs = coveredBy(input);
  return inputs.length > 0 && inputs.every((names) => names.includes(`"${name}"`));
}

/**
 * The library believes an RFC 9421 signature over anything, also over the date alone. Here method, host, path
 * and, where there is a body, its digest must be covered, by every signature that is offered; else one that
 * was made for another node or another request could be used on this one.
 */
function coversWhatMatters(request: Request): boolean {
  if (!isSigned(request)) return false;
  const host = request.headers.get("Host");
  if (host !== null && host.toLowerCase() !== new URL(request.url).host) return false;
  const input = request.headers.get("Signature-Input");
  const reads = request.method === "GET" || request.method === "HEAD";
  return input === null
    ? draftCovers(request.headers.get("Signature") ?? "", reads)
    : everyInputCovers(input, reads);
}

function draftCovers(signature: string, reads: boolean): boolean {
  const names = draftNames(signature);
  return ["(request-target)", "host", "date", ...(reads ? [] : ["digest"])].every((name) =>
    names.includes(name),
  );
}

function draftNames(signature: string): string[] {
  return /\bheaders="([^"]*)"/.exec(signature)?.[1]?.toLowerCase().split(" ") ?? [];
}

function coveredBy(input: string): string[] {
  return [...input.matchAll(/=\s*\(([^)]*)\)/g)].map((match) => match[1] ?? "");
}

function everyInputCovers(input: string, reads: boolean): boolean {
  const inputs = coveredBy(input);
  return (
    inputs.length > 0 &&
    inputs.every(
      (names) =>
        names.includes('"@method"') &&
        (names.includes('"@target-uri"') || (names.includes('"@authority"') && names.includes('"@path"'))) &&
        (reads || names.includes('"content-digest"')),
    )
  );
}

function createKeyCache(now: Clock): KeyCache {
  const kept = createBoundedMap<CryptographicKey | Multikey | null>({
    entries: KEYS_KEPT,
    lifeMs: KEY_KEPT_MS,
    now,
  });
  return {
    get: async (keyId) => kept.get(keyId.href),
    set: async (keyId, key) => kept.set(keyId.href, key, key === null ? MISSING_KEPT_MS : KEY_KEPT_MS),
  };
}
