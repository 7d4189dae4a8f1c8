import { NodeError } from "../lib/errors.ts";
import { randomId, systemRandom } from "../lib/ids.ts";
import { isOnion } from "../lib/onion-name.ts";
import { bodyOf, reach, USER_AGENT } from "./documents.ts";
import { readJson } from "./json-guard.ts";
import type { Parts } from "./parts.ts";
import { contactOf } from "./queries.ts";

/** What such an answer may hold. */
const BOUNDS = { bytes: 4_096, depth: 4, tokens: 40, array: 4 };
const TOKEN = /^\/enter\/[\w-]{16,128}$/;
const DEADLINE = 90_000;

/**
 * Asks a person's node for a link to their pages, as the owner may see them. The link is believed only when it leads to
 * the very place that was asked. Throws "person-not-found", "no-link-given", "link-not-now", "tor-down".
 */
export async function askForPage(parts: Parts, personId: string): Promise<{ url: string; seconds: number }> {
  const person = await contactOf(parts.store.read, personId);
  if (person === null) throw new NodeError("person-not-found", "nobody to ask");
  const { origin, hostname, pathname } = new URL(person.uri);
  if (!isOnion(hostname)) throw new NodeError("no-link-given", "no node of one person");
  const answer = await asked(parts, `${origin}${pathname}/session`);
  const json = readJson(answer, BOUNDS);
  const url = typeof json === "string" ? null : URL.parse(String(json["url"]));
  const seconds = typeof json === "string" ? 0 : Number(json["expires"]);
  const isLink = url !== null && url.origin === origin && url.href === origin + url.pathname;
  if (!isLink || !TOKEN.test(url.pathname)) throw new NodeError("no-link-given", "a link to somewhere else");
  if (!(seconds >= 1 && seconds <= 3_600)) throw new NodeError("no-link-given", "a link without a time");
  return { url: url.href, seconds: Math.floor(seconds) };
}

async function asked({ documents }: Parts, address: string): Promise<Uint8Array> {
  const plain = new Request(address, {
    method: "POST",
    // Two requests within a second are two: their signatures differ.
    body: JSON.stringify({ nonce: randomId(systemRandom) }),
    headers: { "Content-Type": "application/json", Accept: "application/json", "User-Agent": USER_AGENT },
    redirect: "manual",
  });
  try {
    const response = await reach(await documents.sign(plain), AbortSignal.timeout(DEADLINE));
    if (response.ok) return await bodyOf(response);
    await response.body?.cancel();
    const later = response.status === 503 || response.status === 429;
    throw new NodeError(later ? "link-not-now" : "no-link-given", `status ${response.status}`);
  } catch (error) {
    if (error instanceof NodeError && error.code === "peer-off")
      throw new NodeError("link-not-now", "not on", { cause: error });
    throw error;
  }
}
