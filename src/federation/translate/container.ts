import { isJsonObject, type JsonObject } from "../json-guard.ts";

/**
 * What is passed on in a narrow thread (FEP-171b): the owner of the thread adds an answer to it, as its author signed
 * it (FEP-8b32), or takes it out when its author deleted it.
 */
const CONTEXT = "https://www.w3.org/ns/activitystreams";

type Values = { id: string; actor: string; to: string; thread: string };

export function passingOn({ id, actor, to, thread }: Values, signed: JsonObject): JsonObject {
  return { "@context": CONTEXT, id, type: "Add", actor, to, object: signed, target: thread };
}

export function passingOff({ id, actor, to, thread }: Values, uri: string): JsonObject {
  return { "@context": CONTEXT, id, type: "Remove", actor, to, object: uri, target: thread };
}

/** What is passed on, unproven: who says that they wrote it, and the address that it says it has. */
export type ReadPassing = { signed: JsonObject; author: string; thread: string; postUri: string };

/** An activity of somebody else that is signed by them, within an Add; null: there is none. */
export function readPassing(json: JsonObject): ReadPassing | null {
  const { type, object, target } = json;
  if (type !== "Add" || typeof target !== "string" || !isJsonObject(object)) return null;
  const { actor, object: post } = object;
  const postUri = isJsonObject(post) ? post["id"] : null;
  if (!hasProof(object) || typeof actor !== "string" || typeof postUri !== "string") return null;
  return { signed: object, author: actor, thread: target, postUri };
}

export function hasProof(json: JsonObject): boolean {
  return isJsonObject(json["proof"]);
}
