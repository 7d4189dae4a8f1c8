import { verifyObject } from "@fedify/fedify";
import { Activity, type Actor } from "@fedify/fedify/vocab";
import { NodeError } from "../lib/errors.ts";
import { sameHost } from "./addresses.ts";
import { localContexts } from "./contexts.ts";
import type { Documents } from "./documents.ts";
import { isJsonObject, type JsonObject } from "./json-guard.ts";
import { actorFromJson } from "./translate/person.ts";

export type Proven = { activity: Activity; author: Actor };

/**
 * An activity that somebody else handed over, if its author signed exactly this (FEP-8b32), with a key that their own
 * document names. Null: not proven. Throws NodeError when the author's document cannot be had now. It is read without
 * saying who asks, whatever the answer: else its author could find out who is in the circle it was passed on in.
 */
export async function provenActivity(documents: Documents, json: JsonObject): Promise<Proven | null> {
  const [uri, proof] = [json["actor"], json["proof"]];
  if (typeof uri !== "string" || !isJsonObject(proof) || typeof proof["verificationMethod"] !== "string")
    return null;
  if (!sameHost(proof["verificationMethod"], uri)) return null;
  const { document } = await documents.load(uri);
  const author = isJsonObject(document) ? await actorFromJson(document) : null;
  const key = proof["verificationMethod"];
  if (author?.id?.href !== uri || !author.assertionMethodIds.some(({ href }) => href === key)) return null;
  try {
    const loaders = { documentLoader: documents.load, contextLoader: localContexts };
    const activity = await verifyObject(Activity, json, loaders);
    return activity === null ? null : { activity, author };
  } catch (error) {
    if (error instanceof NodeError) throw error;
    return null;
  }
}
