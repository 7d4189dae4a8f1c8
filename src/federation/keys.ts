import { createPrivateKey, createPublicKey } from "node:crypto";
import type { Identity } from "../social/identity/identity.ts";
import { addressesOf } from "./addresses.ts";

const RSA = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" } as const;
const PKCS8_ED25519 = Buffer.from("302e020100300506032b657004220420", "hex");

export type SigningKey = { keyId: URL; privateKey: CryptoKey; publicKey: CryptoKey };

/** rsa signs requests (HTTP signatures), ed25519 signs what others may pass on (FEP-8b32). */
export type ActorKeys = { rsa: SigningKey; ed25519: SigningKey };

/** rsa: PKCS #8, DER. ed25519: seed of 32 bytes. */
export async function importKeys(
  me: Pick<Identity, "origin" | "handle" | "ownerUri">,
  secrets: { rsa: Buffer; ed25519: Buffer },
): Promise<ActorKeys> {
  const at = addressesOf(me);
  const seeded = Buffer.concat([PKCS8_ED25519, secrets.ed25519]);
  return {
    rsa: await importPair(at.rsaKey, secrets.rsa, RSA),
    ed25519: await importPair(at.ed25519Key, seeded, { name: "Ed25519" }),
  };
}

/** Extractable, because Fedify writes the public half into the actor and refuses keys that are not. */
async function importPair(
  keyId: string,
  pkcs8: Buffer,
  algorithm: typeof RSA | { name: "Ed25519" },
): Promise<SigningKey> {
  const key = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const spki = createPublicKey(key).export({ format: "der", type: "spki" });
  return {
    keyId: new URL(keyId),
    privateKey: await crypto.subtle.importKey("pkcs8", new Uint8Array(pkcs8), algorithm, true, ["sign"]),
    publicKey: await crypto.subtle.importKey("spki", new Uint8Array(spki), algorithm, true, ["verify"]),
  };
}
