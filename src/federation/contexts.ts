import { type DocumentLoader, preloadedContexts } from "@fedify/fedify/runtime";
import { isJsonObject } from "./json-guard.ts";

/** Contexts of one document that this node has no copy of. More than this is no honest document. */
const UNKNOWN_MAX = 4;

/**
 * JSON-LD contexts come from this program, never from the network: a body could otherwise make the node
 * fetch whatever its sender names, before any signature is looked at. An unknown context adds no terms.
 */
export const localContexts: DocumentLoader = async (url) => ({
  contextUrl: null,
  documentUrl: url,
  document: Object.hasOwn(preloadedContexts, url) ? preloadedContexts[url] : { "@context": {} },
});

/** True when a document names more foreign contexts than any real one does, at any depth. */
export function namesTooManyContexts(document: unknown): boolean {
  const foreign = new Set<string>();
  const waiting: unknown[] = [document];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (Array.isArray(value)) waiting.push(...value);
    if (!isJsonObject(value)) continue;
    for (const name of contextUrls(value["@context"])) foreign.add(name);
    if (foreign.size > UNKNOWN_MAX) return true;
    waiting.push(...Object.values(value));
  }
  return false;
}

function contextUrls(context: unknown): string[] {
  const listed = Array.isArray(context) ? context : [context];
  return listed.filter((entry) => typeof entry === "string" && !Object.hasOwn(preloadedContexts, entry));
}
