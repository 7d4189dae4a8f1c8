import { createHash } from "node:crypto";
import { idOf } from "../lib/ids.ts";
import { viewerOf } from "../social/viewer.ts";
import type { ReadClient } from "../store/tx.ts";
import { createBoundedMap } from "./bounded-map.ts";
import type { Parts } from "./parts.ts";
import { isBlocked, isNamedInAPost } from "./queries.ts";
import { claimedSigner, isSigned, type VerifySigner } from "./verify-signer.ts";

/** A signature is believed for an hour before and after its time. */
const SEEN_MS = 2 * 60 * 60_000;
const SEEN_MOST = 5_000;

/** Makes a single-use word for the way in of a person, good for so many seconds. */
export type Entrance = (personId: string) => { token: string; seconds: number };

/**
 * A person's own node asks for a link by which that person can read here in a browser:
 * `POST /people/<handle>/session`, signed, answered by `{"url", "expires"}` (seconds). Only for people the owner has
 * something for; to everybody else this is an address where nothing is. Null: that.
 * Who may not enter is found out before a key is fetched, so nobody can have this node ask about.
 */
export function createSessionDoor(parts: Parts, verifySigner: VerifySigner, entrance: Entrance) {
  const { store, identity, at, now, rates } = parts;
  const seen = createBoundedMap<true>({ entries: SEEN_MOST, lifeMs: SEEN_MS, now });
  return async (request: Request): Promise<Response | null> => {
    if (!isSigned(request)) return null;
    // Everybody together, before anything is looked up for them.
    const rest = rates.take("documents");
    if (rest > 0) return comeAgain(rest);
    const claimed = claimedSigner(request) ?? "";
    if (!(await mayEnter(store.read, identity.ownerId, claimed))) return null;
    const signer = await verifySigner(request);
    if (signer === null || signer === "busy" || signer === "outside" || signer.id?.href !== claimed)
      return null;
    // A signature is good for one link: who overheard a request cannot have another by sending it again.
    const mark = markOf(request);
    if (seen.get(mark) !== undefined) return null;
    const personId = idOf(claimed);
    const wait = rates.take("friend", personId);
    if (wait > 0) return comeAgain(wait);
    seen.set(mark, true);
    const { token, seconds } = entrance(personId);
    const answer = { url: `${at.origin}/enter/${token}`, expires: seconds };
    return new Response(JSON.stringify(answer), {
      headers: { "Content-Type": "application/json", "Cache-Control": "private, no-store" },
    });
  };
}

function comeAgain(seconds: number): Response {
  return new Response(null, { status: 503, headers: { "Retry-After": String(seconds) } });
}

/** Whoever is a friend, subscribes, is in an audience, or is named in a post; and is not blocked. */
async function mayEnter(read: ReadClient, ownerId: string, personUri: string): Promise<boolean> {
  if (await isBlocked(read, personUri)) return false;
  const personId = idOf(personUri);
  const viewer = await viewerOf(read, ownerId, personId);
  if (viewer.kind !== "person" || viewer.blocked === true || viewer.guest === true) return false;
  return viewer.in.size > 0 || (await isNamedInAPost(read, ownerId, personId));
}

/** The bytes of the signature, however they are written down. */
function markOf(request: Request): string {
  const header = request.headers.get("Signature") ?? "";
  const [, letters = header] = /(?:\bsignature="|=:)([\w+/=-]+)/.exec(header) ?? [];
  return createHash("sha256").update(Buffer.from(letters, "base64")).digest("hex");
}
