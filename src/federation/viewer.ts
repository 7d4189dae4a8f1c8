import { idOf } from "../lib/ids.ts";
import type { Viewer } from "../social/access.ts";
import { viewerOf } from "../social/viewer.ts";
import { hostOf } from "./addresses.ts";
import type { Parts } from "./parts.ts";
import { isBlocked } from "./queries.ts";
import { claimedSigner, isSigned, type VerifySigner } from "./verify-signer.ts";

/** Who asks; "blocked" sees nothing at all, as if the address did not exist. */
export type Asker = Viewer | "blocked";

/**
 * Cheap first: a claim to be somebody blocked is believed, for nobody gains by it. Other servers often sign
 * what they fetch as themselves, not as a person: such a signer is a stranger, like one who does not sign.
 */
export async function askerOf(
  { store, identity }: Parts,
  verifySigner: VerifySigner,
  request: Request,
): Promise<Asker> {
  if (!isSigned(request)) return { kind: "stranger" };
  if (await isBlocked(store.read, claimedSigner(request) ?? "")) return "blocked";
  const signer = await verifySigner(request);
  const uri = signer === "busy" || signer === "outside" ? undefined : signer?.id?.href;
  if (uri === undefined) return { kind: "stranger" };
  if (await isBlocked(store.read, uri)) return "blocked";
  return viewerOf(store.read, identity.ownerId, idOf(uri));
}

/**
 * Who asks for the owner's actor. A signature is verified only when it claims to be of somebody who gets more than strangers
 * do: everybody else needs the actor to verify ours, and would wait for us while we wait for them.
 */
export async function actorAskerOf(
  parts: Parts,
  verifySigner: VerifySigner,
  request: Request,
): Promise<Asker> {
  if (!isSigned(request)) return { kind: "stranger" };
  if (await isClaimedBlocked(parts, request)) return "blocked";
  const claimed = claimedSigner(request) ?? "";
  const tied = await parts.whoSeesMore();
  // A key may lie below its person ("…/main-key").
  const isTied = [claimed, claimed.replace(/\/[^/]*$/, "")].some((uri) => tied.has(idOf(uri)));
  return isTied ? askerOf(parts, verifySigner, request) : { kind: "stranger" };
}

/** For what anyone may read: no signature is verified, for its key would have to be fetched from who is asking. */
export async function isClaimedBlocked({ blocked }: Parts, request: Request): Promise<boolean> {
  if (!isSigned(request)) return false;
  const claimed = claimedSigner(request) ?? "";
  const { people, hosts } = await blocked();
  return people.has(idOf(claimed)) || hosts.has(hostOf(claimed) ?? "");
}
