import { NodeError } from "../lib/errors.ts";
import type { Messenger } from "../social/messages/keys/queries.ts";
import { sameHost } from "./addresses.ts";
import { bodyOf, reach, USER_AGENT } from "./documents.ts";

/**
 * A person's OpenPGP certificate, asked for at their own address now. Throws "key-not-understood" where none is, "peer-off",
 * "tor-down".
 */
export async function fetchKey({ uri, keyUri }: Messenger, signal?: AbortSignal): Promise<Uint8Array> {
  if (keyUri === "" || !sameHost(keyUri, uri)) throw new NodeError("key-not-understood", "no key is named");
  const response = await reach(
    new Request(keyUri, { headers: { "User-Agent": USER_AGENT }, redirect: "manual" }),
    signal,
  );
  if (response.ok) return bodyOf(response);
  await response.body?.cancel();
  const later = response.status === 503 || response.status === 429;
  throw new NodeError(later ? "peer-off" : "key-not-understood", `status ${response.status}`);
}
