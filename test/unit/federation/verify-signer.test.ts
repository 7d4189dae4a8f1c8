import { describe, expect, test } from "vitest";
import type { Documents } from "../../../src/federation/documents.ts";
import { createVerifySigner } from "../../../src/federation/verify-signer.ts";
import { createPeer, type Peer, type Signing } from "../../support/peer.ts";

const inbox = "http://me.example/inbox";
const HOUR = 60 * 60 * 1000;

function verifier(
  peers: Peer[],
  now = Date.now,
  allowed = [...peers.map(({ host }) => host), "nowhere.example"],
) {
  const fetched: string[] = [];
  const load: Documents["load"] = async (url) => {
    fetched.push(url);
    const { host, pathname, origin } = new URL(url);
    const document = peers.find((peer) => peer.host === host)?.documents.get(pathname);
    if (document === undefined) throw new Error("not there");
    return { contextUrl: null, documentUrl: origin + pathname, document: structuredClone(document) };
  };
  const json = () => Promise.reject(new Error("not asked for"));
  const loaders = { load, loadIntroduced: load, loadAnew: load, loadSigned: load };
  const verify = createVerifySigner({
    documents: { ...loaders, json, sign: async (request) => request },
    now,
    isKnown: async () => true,
    allowsOutside: (host) => allowed.includes(host),
  });
  return {
    fetched,
    signerOf: async (request: Request) => {
      const signer = await verify(request);
      return typeof signer === "string" ? signer : (signer?.id?.href ?? null);
    },
  };
}

const peer = createPeer("ben.example", "ben");
const activity = { id: `${peer.origin}/1`, type: "Like", actor: peer.uri };

describe("who signed a request", () => {
  test.each<Signing>([{ spec: "draft-cavage" }, { spec: "rfc9421" }])("is known: $spec", async (how) => {
    expect(await verifier([peer]).signerOf(peer.signed(inbox, activity, how))).toBe(peer.uri);
  });

  test("is known of a GET, too", async () => {
    expect(await verifier([peer]).signerOf(peer.signedGet("http://me.example/posts/1"))).toBe(peer.uri);
  });

  test.each<[string, Signing]>([
    ["A3: an altered body", { body: '{"id":"x"}' }],
    ["A3: an altered body (RFC 9421)", { spec: "rfc9421", body: '{"id":"x"}' }],
    ["A3: a digest that is gone", { without: ["Digest"] }],
    ["A3: a digest that is gone (RFC 9421)", { spec: "rfc9421", without: ["Content-Digest"] }],
    ["A3: no signature", { without: ["Signature"] }],
    ["A3: a date two hours ago", { date: new Date(Date.now() - 2 * HOUR) }],
    ["A3: a date two hours ago (RFC 9421)", { spec: "rfc9421", date: new Date(Date.now() - 2 * HOUR) }],
    ["A3: a date two hours ahead", { date: new Date(Date.now() + 2 * HOUR) }],
    ["a date that is none", { headers: { Date: "yesterday" } }],
    ["a digest that is not covered", { covers: ["(request-target)", "host", "date"] }],
    ["a host that is not covered", { covers: ["(request-target)", "date", "digest"] }],
    ["a path that is not covered", { covers: ["host", "date", "digest"] }],
    ["nothing covered but the date (RFC 9421)", { spec: "rfc9421", covers: ["date"] }],
    ["a digest that is not covered (RFC 9421)", { spec: "rfc9421", covers: ["@method", "@target-uri"] }],
    ["another host than it was made for", { headers: { Host: "other.example" } }],
    ["a key that is nowhere", { keyId: "http://nowhere.example/key" }],
    ["a key that is no address", { keyId: "file:///etc/passwd" }],
  ])("%s makes it nobody's", async (_, how) => {
    expect(await verifier([peer]).signerOf(peer.signed(inbox, activity, how))).toBeNull();
  });

  test("A5: is nobody when the same bytes come to another inbox", async () => {
    const request = peer.signed(inbox, activity);
    const elsewhere = new Request("http://me.example/people/me/inbox", {
      method: "POST",
      headers: request.headers,
      body: await request.arrayBuffer(),
    });
    expect(await verifier([peer]).signerOf(elsewhere)).toBeNull();
  });

  test("A1: is not who a key on the attacker's host says it is", async () => {
    const victim = createPeer("victim.example", "victim");
    const attacker = createPeer("attacker.example", "attacker");
    const own = attacker.documents.get("/users/attacker") as { publicKey: { publicKeyPem: string } };
    const keyId = `${attacker.origin}/key`;
    attacker.documents.set("/key", {
      "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"],
      id: keyId,
      type: "CryptographicKey",
      owner: victim.uri,
      publicKeyPem: own.publicKey.publicKeyPem,
    });
    const lie = attacker.signed(inbox, { ...activity, actor: victim.uri }, { keyId });
    expect(await verifier([victim, attacker]).signerOf(lie)).toBeNull();
  });

  test("A28: a changed key is believed, and asked for once in five minutes at most", async () => {
    let now = Date.now();
    const before = createPeer("cleo.example", "cleo");
    const after = createPeer("cleo.example", "cleo");
    const peers = [before];
    const { signerOf, fetched } = verifier(peers, () => now);
    expect(await signerOf(before.signed(inbox, activity))).toBe(before.uri);
    peers[0] = after;
    expect(await signerOf(after.signed(inbox, activity))).toBe(after.uri);
    const asked = fetched.length;
    now += 60_000;
    expect(await signerOf(after.signed(inbox, activity))).toBe(after.uri);
    expect(fetched.length - asked).toBeLessThanOrEqual(1);
  });
});
