import { createHash, createSign, generateKeyPairSync, type KeyObject, sign } from "node:crypto";

/**
 * A small ActivityPub server made by hand, that shares no code with ours: it signs the way Mastodon does
 * (draft-cavage rsa-sha256, or RFC 9421 rsa-v1_5-sha256) and can lie in every way the tests need.
 */
export type Peer = {
  readonly host: string;
  readonly origin: string;
  readonly uri: string;
  readonly keyId: string;
  /** What it answers to GET, by path; changed at will. */
  readonly documents: Map<string, unknown>;
  /** What it answers to GET as it is, by path. */
  readonly files: Map<string, Uint8Array>;
  /** Paths that were asked for. */
  readonly asked: string[];
  /** Activities that came into its inbox, with the request's headers. */
  readonly received: { path: string; activity: Record<string, unknown>; headers: Headers }[];
  /** Answers to POST, one at a time; 202 when there is none. */
  readonly answers: number[];
  handle(request: Request): Promise<Response>;
  signed(to: string, activity: unknown, how?: Signing): Request;
  signedGet(address: string): Request;
};

export type Signing = {
  spec?: "draft-cavage" | "rfc9421";
  keyId?: string;
  date?: Date;
  /** Sent instead of what was signed. */
  body?: string;
  without?: string[];
  covers?: string[];
  headers?: Record<string, string>;
  /** Further headers, signed like the others. */
  beside?: Record<string, string>;
};

const ACTIVITY = "application/activity+json";

export type KeyPair = { publicKey: KeyObject; privateKey: KeyObject };

export const newKeys = (): KeyPair => generateKeyPairSync("rsa", { modulusLength: 2048 });

export function createPeer(
  host: string,
  name: string,
  keys = newKeys(),
  scheme: "http" | "https" = "http",
): Peer {
  const { publicKey, privateKey } = keys;
  const origin = `${scheme}://${host}`;
  const uri = `${origin}/users/${name}`;
  const documents = new Map<string, unknown>([
    [`/users/${name}`, actorDocument(origin, uri, name, publicKey)],
  ]);
  const files = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const received: Peer["received"] = [];
  const answers: number[] = [];
  const keyId = `${uri}#main-key`;

  return {
    host,
    origin,
    uri,
    keyId,
    documents,
    files,
    asked,
    received,
    answers,
    async handle(request) {
      const { pathname } = new URL(request.url);
      if (request.method === "POST") {
        received.push({ path: pathname, activity: await request.json(), headers: request.headers });
        return new Response(null, { status: answers.shift() ?? 202 });
      }
      asked.push(pathname);
      const file = files.get(pathname);
      if (file !== undefined) return new Response(new Uint8Array(file));
      const document = documents.get(pathname);
      return document === undefined
        ? new Response(null, { status: 404 })
        : new Response(JSON.stringify(document), { headers: { "Content-Type": ACTIVITY } });
    },
    signed: (to, activity, how = {}) => signedPost(to, activity, how.keyId ?? keyId, privateKey, how),
    signedGet: (address) => signedGet(address, keyId, privateKey),
  };
}

function actorDocument(origin: string, uri: string, name: string, publicKey: KeyObject) {
  return {
    "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
    id: uri,
    type: "Person",
    preferredUsername: name,
    name: `${name} by hand`,
    summary: "<p>made by hand</p>",
    url: `${origin}/@${name}`,
    inbox: `${uri}/inbox`,
    outbox: `${uri}/outbox`,
    followers: `${uri}/followers`,
    endpoints: { sharedInbox: `${origin}/inbox` },
    publicKey: {
      id: `${uri}#main-key`,
      owner: uri,
      publicKeyPem: publicKey.export({ format: "pem", type: "spki" }),
    },
  };
}

/** Their page has a place for first posts, as Mastodon writes it. */
export function showFirstPosts(peer: Peer, featured: string): void {
  const path = new URL(peer.uri).pathname;
  const before = peer.documents.get(path) as { "@context": unknown[] };
  const term = { "@id": "http://joinmastodon.org/ns#featured", "@type": "@id" };
  peer.documents.set(path, {
    ...before,
    ...{ "@context": [...before["@context"], { featured: term }], featured },
  });
}

function signedPost(to: string, activity: unknown, keyId: string, key: KeyObject, how: Signing): Request {
  const body = typeof activity === "string" ? activity : JSON.stringify(activity);
  const url = new URL(to);
  const digest = createHash("sha256").update(body).digest("base64");
  const date = (how.date ?? new Date()).toUTCString();
  const headers = new Headers({ Host: url.host, Date: date, "Content-Type": ACTIVITY });
  if (how.spec === "rfc9421") {
    headers.set("Content-Digest", `sha-256=:${digest}:`);
    const created = Math.floor((how.date ?? new Date()).getTime() / 1000);
    const covers = how.covers ?? ["@method", "@target-uri", "content-digest"];
    const values: Record<string, string> = {
      "@method": "POST",
      "@target-uri": url.href,
      "content-digest": headers.get("Content-Digest") ?? "",
      date,
    };
    const parameters = `(${covers.map((name) => `"${name}"`).join(" ")});created=${created};keyid="${keyId}";alg="rsa-v1_5-sha256"`;
    const base = [
      ...covers.map((name) => `"${name}": ${values[name]}`),
      `"@signature-params": ${parameters}`,
    ];
    const signature = sign("sha256", Buffer.from(base.join("\n")), key).toString("base64");
    headers.set("Signature-Input", `sig1=${parameters}`);
    headers.set("Signature", `sig1=:${signature}:`);
  } else {
    headers.set("Digest", `SHA-256=${digest}`);
    const beside = Object.entries(how.beside ?? {});
    for (const [name, value] of beside) headers.set(name, value);
    const named = beside.map(([name]) => name.toLowerCase());
    const covers = how.covers ?? ["(request-target)", "host", "date", "digest", ...named];
    headers.set("Signature", draftSignature("post", url, headers, covers, keyId, key));
  }
  for (const name of how.without ?? []) headers.delete(name);
  for (const [name, value] of Object.entries(how.headers ?? {})) headers.set(name, value);
  return new Request(to, { method: "POST", headers, body: how.body ?? body });
}

function signedGet(address: string, keyId: string, key: KeyObject): Request {
  const url = new URL(address);
  const headers = new Headers({ Host: url.host, Date: new Date().toUTCString(), Accept: ACTIVITY });
  headers.set(
    "Signature",
    draftSignature("get", url, headers, ["(request-target)", "host", "date"], keyId, key),
  );
  return new Request(address, { headers });
}

function draftSignature(
  method: string,
  url: URL,
  headers: Headers,
  covers: string[],
  keyId: string,
  key: KeyObject,
): string {
  const lines = covers.map((name) =>
    name === "(request-target)" ? `${name}: ${method} ${url.pathname}` : `${name}: ${headers.get(name)}`,
  );
  const signature = createSign("sha256").update(lines.join("\n")).sign(key, "base64");
  return `keyId="${keyId}",algorithm="rsa-sha256",headers="${covers.join(" ")}",signature="${signature}"`;
}
