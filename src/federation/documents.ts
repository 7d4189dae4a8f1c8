import { signRequest } from "@fedify/fedify";
import type { DocumentLoader, RemoteDocument } from "@fedify/fedify/runtime";
import type { Clock } from "../lib/clock.ts";
import { NodeError } from "../lib/errors.ts";
import { sameHost } from "./addresses.ts";
import { createBoundedMap } from "./bounded-map.ts";
import { namesTooManyContexts } from "./contexts.ts";
import { DOCUMENT_BOUNDS, type JsonObject, readJson } from "./json-guard.ts";
import type { ActorKeys } from "./keys.ts";

const KEPT = 300;
/** A changed key is believed after this at the latest, and a document is asked for at most this often. */
const KEPT_MS = 5 * 60 * 1000;
const KEPT_BYTES = 64 * 1024;
const REDIRECTS = 3;
export const ACTIVITY_TYPE = "application/activity+json";
const ACCEPT = `${ACTIVITY_TYPE}, application/ld+json; profile="https://www.w3.org/ns/activitystreams"`;
export const USER_AGENT = "TSSOP";

/** Other nodes' documents. Each is read at its own address only, so that nobody can speak for another (FEP-fe34). */
export type Documents = {
  /** Unsigned, kept for a while. */
  readonly load: DocumentLoader;
  /**
   * As load, but whoever shows nothing to who does not say who asks is told, as some servers want it (GoToSocial, others in
   * "secure mode"). For people the owner looks up, and for those who say that they are asking us something.
   */
  readonly loadIntroduced: DocumentLoader;
  /** Unsigned, and read now, whatever is kept. */
  readonly loadAnew: DocumentLoader;
  /** Signed by the owner, never kept: what comes back may be for the owner only. */
  readonly loadSigned: DocumentLoader;
  /** Any JSON of a host, as WebFinger is; unsigned, not kept. */
  json(url: URL, accept: string): Promise<JsonObject>;
  /** A request that says who asks. */
  readonly sign: Sign;
};

type Answer = { url: URL; type: string; bytes: Uint8Array };
type Sign = (request: Request) => Promise<Request>;
/** via: by another way than the usual one. */
type Manner = { sign: Sign | null; via?: typeof fetch };

type DocumentsOptions = {
  keys: ActorKeys;
  turn: () => Promise<void>;
  now: Clock;
  /** On a way of its own each time. */
  fetchOnce: typeof fetch;
  /** Whether the owner and somebody on that host subscribe to one another: there, who reads is no secret. */
  hasRelation: (host: string) => Promise<boolean>;
};

export function createDocuments(o: DocumentsOptions): Documents {
  const kept = createBoundedMap<RemoteDocument>({ entries: KEPT, lifeMs: KEPT_MS, now: o.now });
  const running = new Map<string, Promise<RemoteDocument>>();
  const sign: Sign = (request) =>
    signRequest(request, o.keys.rsa.privateKey, o.keys.rsa.keyId, {
      currentTime: Temporal.Instant.fromEpochMilliseconds(o.now()),
    });

  /** Without a relation a read is neither signed nor linked to any other. */
  async function quietly(address: string): Promise<Manner> {
    const known = await o.hasRelation(new URL(address).host);
    return known ? { sign: null } : { sign: null, via: o.fetchOnce };
  }

  async function loadAfresh(address: string, how?: Manner): Promise<RemoteDocument> {
    const { document, size } = await readAtItsAddress(address, how ?? (await quietly(address)));
    if (size <= KEPT_BYTES) kept.set(address, document);
    await o.turn();
    return document;
  }

  const load: DocumentLoader = async (url) => {
    const address = withoutFragment(url);
    const known = kept.get(address);
    // Whoever asked turns it into objects next, which takes longer than reading it did.
    if (known !== undefined) return o.turn().then(() => known);
    const already = running.get(address);
    if (already !== undefined) return already;
    const started = loadAfresh(address).finally(() => running.delete(address));
    running.set(address, started);
    return started;
  };

  return {
    load,
    async loadIntroduced(url) {
      try {
        return await load(url);
      } catch (error) {
        if (!(error instanceof NodeError) || error.code !== "not-allowed") throw error;
        return loadAfresh(withoutFragment(url), { sign });
      }
    },
    sign,
    loadAnew: async (url) => loadAfresh(withoutFragment(url)),
    loadSigned: async (url) => (await readAtItsAddress(withoutFragment(url), { sign })).document,
    async json(url, accept) {
      const answer = await get(url, accept, await quietly(url.href));
      const json = readJson(answer.bytes, DOCUMENT_BOUNDS);
      if (typeof json === "string") throw new NodeError("bad-request", `answer is ${json}`);
      return json;
    },
  };
}

function withoutFragment(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.protocol !== "http:" && parsed.protocol !== "https:"))
    throw new NodeError("bad-request", "address of a document is not http");
  parsed.hash = "";
  return parsed.href;
}

/** A document under another address than its own (an alias, a key's page) is read once more, where it says it lives. */
async function readAtItsAddress(
  address: string,
  manner: Manner,
): Promise<{ document: RemoteDocument; size: number }> {
  let asked = address;
  for (let step = 0; step < 2; step++) {
    const answer = await get(new URL(asked), ACCEPT, manner);
    const json = activityJson(answer);
    const id = typeof json["id"] === "string" ? json["id"] : "";
    if (!sameHost(id, answer.url)) throw new NodeError("bad-request", "document names another host");
    const own = withoutFragment(id);
    if (own === answer.url.href)
      return {
        document: { contextUrl: null, documentUrl: own, document: json },
        size: answer.bytes.length,
      };
    asked = own;
  }
  throw new NodeError("bad-request", "document is not at its own address");
}

function activityJson(answer: Answer): JsonObject {
  const [type, ...rest] = answer.type.toLowerCase().split(";");
  const linked = type?.trim() === "application/ld+json" && rest.join(";").includes("activitystreams");
  if (type?.trim() !== ACTIVITY_TYPE && !linked)
    throw new NodeError("bad-request", "document is not ActivityPub");
  const json = readJson(answer.bytes, DOCUMENT_BOUNDS);
  if (typeof json === "string") throw new NodeError("bad-request", `document is ${json}`);
  if (namesTooManyContexts(json)) throw new NodeError("bad-request", "document has too many contexts");
  return json;
}

async function get(from: URL, accept: string, { sign, via }: Manner): Promise<Answer> {
  let url = from;
  for (let step = 0; step <= REDIRECTS; step++) {
    const plain = new Request(url, {
      headers: { Accept: accept, "User-Agent": USER_AGENT },
      redirect: "manual",
    });
    const response = await reach(sign === null ? plain : await sign(plain), undefined, via);
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      const next = URL.parse(response.headers.get("Location") ?? "", url);
      if (next === null || !sameHost(next, url)) throw new NodeError("peer-refused", "redirect elsewhere");
      url = next;
      continue;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw refusal(response.status);
    }
    return { url, type: response.headers.get("Content-Type") ?? "", bytes: await bodyOf(response) };
  }
  throw new NodeError("peer-refused", "too many redirects");
}

function refusal(status: number): NodeError {
  if (status === 404 || status === 410) return new NodeError("not-found", `status ${status}`);
  if (status === 401 || status === 403) return new NodeError("not-allowed", `status ${status}`);
  return new NodeError("peer-refused", `status ${status}`);
}

/** One request. Whatever keeps it from being answered is "tor-down", "clearnet-refused" or "peer-off". */
export async function reach(
  request: Request,
  signal?: AbortSignal,
  via: typeof fetch = fetch,
): Promise<Response> {
  try {
    return await via(request, { redirect: "manual", ...(signal === undefined ? {} : { signal }) });
  } catch (error) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      if (cause instanceof NodeError) throw cause;
    throw new NodeError("peer-off", "no answer", { cause: error });
  }
}

/** At most as much as a document may have. */
export async function bodyOf(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of response.body ?? []) {
      size += part.length;
      if (size > DOCUMENT_BOUNDS.bytes) throw new NodeError("response-too-large", "document too large");
      parts.push(part);
    }
  } catch (error) {
    if (error instanceof NodeError) throw error;
    throw new NodeError("peer-off", "answer broke off", { cause: error });
  }
  return Buffer.concat(parts);
}
