import { signObject } from "@fedify/fedify";
import { Activity, Multikey } from "@fedify/fedify/vocab";
import { localContexts } from "../../src/federation/contexts.ts";
import { activityFromJson, spellOutPublic } from "../../src/federation/translate/read.ts";
import type { Peer } from "./peer.ts";

/** Signs activities so that they can be passed on (FEP-8b32), with a key that its person's document names. */
export type Prover = (activity: Record<string, unknown>) => Promise<Record<string, unknown>>;

export async function giveProofKey(peer: Peer): Promise<Prover> {
  const pair = await crypto.subtle.generateKey("Ed25519", true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new TypeError("no pair of keys");
  const id = new URL(`${peer.uri}#proof-key`);
  const controller = new URL(peer.uri);
  const key = new Multikey({ id, controller, publicKey: pair.publicKey });
  const path = new URL(peer.uri).pathname;
  const before = peer.documents.get(path) as { "@context": unknown[] };
  const assertionMethod = [await key.toJsonLd({ contextLoader: localContexts })];
  const context = [
    ...before["@context"],
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/data-integrity/v1",
    "https://www.w3.org/ns/did/v1",
  ];
  peer.documents.set(path, { ...before, "@context": context, assertionMethod });
  return async (json) => {
    const activity = await activityFromJson(json);
    if (!(activity instanceof Activity)) throw new TypeError("no activity");
    const loaders = { contextLoader: localContexts, documentLoader: localContexts };
    const signed = await signObject(activity, pair.privateKey, id, loaders);
    return spellOutPublic(
      await signed.toJsonLd({ format: "compact", contextLoader: localContexts }),
    ) as Record<string, unknown>;
  };
}
