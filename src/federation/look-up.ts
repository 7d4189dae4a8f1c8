import { NodeError } from "../lib/errors.ts";
import { isOnion } from "../lib/onion-name.ts";
import { setInvitation } from "../social/invites/queries.ts";
import { personByAddress } from "../social/people/find.ts";
import { sameHost } from "./addresses.ts";
import { isJsonObject, type JsonObject } from "./json-guard.ts";
import { fetchPerson, fetchPost } from "./outbox/fetch.ts";
import { mayGoTo, outsideHost } from "./outside.ts";
import type { Parts } from "./parts.ts";
import { type PastedAddress, parseAddress } from "./translate/address.ts";
import { splitInvitation } from "./translate/invitation.ts";

const JRD = "application/jrd+json, application/json";

/** Finds a person by what was pasted. What is known already is answered without asking anybody. */
export async function lookUp(parts: Parts, pasted: string): Promise<{ personId: string }> {
  const { address, token } = splitInvitation(pasted);
  const found = await lookUpAddress(parts, address);
  // Shown to them when the owner asks to subscribe.
  if (token !== "") await parts.store.transact((tx) => setInvitation(tx, found.personId, token));
  return found;
}

async function lookUpAddress(parts: Parts, pasted: string): Promise<{ personId: string }> {
  const wanted = wantedIn(parts, pasted);
  const known =
    wanted.kind === "name"
      ? await personByAddress(parts.store.read, `${wanted.handle}@${wanted.host}`)
      : null;
  if (known !== null) return { personId: known.id };
  const documents = { ...parts.documents, load: parts.documents.loadIntroduced };
  return askThere({ ...parts, documents }, wanted);
}

/** As lookUp, but what is known already, or was read a moment ago, does not count. */
export async function lookUpAnew(parts: Parts, pasted: string): Promise<{ personId: string }> {
  const documents = { ...parts.documents, load: parts.documents.loadAnew };
  return askThere({ ...parts, documents }, wantedIn(parts, pasted));
}

function wantedIn(parts: Parts, pasted: string): PastedAddress {
  const wanted = parseAddress(pasted);
  if (wanted === null) throw new NodeError("address-not-understood", "no address in what was pasted");
  if (wanted.host === new URL(parts.at.origin).host)
    throw new NodeError("address-own", "looked for the owner");
  return wanted;
}

async function askThere(parts: Parts, wanted: PastedAddress): Promise<{ personId: string }> {
  await mayGoTo(parts, wanted.host, "owner");
  try {
    const personId = await fetchPerson(parts, await uriOf(parts, wanted));
    if (personId === null) throw new NodeError("person-not-found", "no person there");
    return { personId };
  } catch (error) {
    throw asFinding(error);
  }
}

/** Null: there is none, it is not for the owner, or its device is off. */
export async function lookUpPost(parts: Parts, uri: string): Promise<{ postId: string } | null> {
  const host = URL.parse(uri)?.host ?? "";
  if (host === new URL(parts.at.origin).host) return null;
  try {
    const postId = await fetchPost(parts, uri, 0, true);
    return postId === null ? null : { postId };
  } catch (error) {
    if (error instanceof NodeError && error.code !== "tor-down") return null;
    throw error;
  }
}

async function uriOf(parts: Parts, wanted: PastedAddress): Promise<string> {
  const base = `${isOnion(wanted.host) ? "http" : "https"}://${wanted.host}`;
  switch (wanted.kind) {
    case "uri":
      return wanted.uri;
    // Only a node of one person answers its bare address as that person.
    case "host":
      return `${base}/`;
    case "name": {
      const resource = encodeURIComponent(`acct:${wanted.handle}@${wanted.host}`);
      const jrd = await parts.documents.json(
        new URL(`${base}/.well-known/webfinger?resource=${resource}`),
        JRD,
      );
      const uri = selfLink(jrd);
      const outside = outsideHost(uri);
      if (uri === null || (outside === null && !sameHost(uri, base)))
        throw new NodeError("person-not-found", "no link to a person");
      // A server with an onion address beside its own name, or with another name for its people.
      if (outside !== null) await mayGoTo(parts, outside, "owner");
      return uri;
    }
  }
}

function selfLink(jrd: JsonObject): string | null {
  const links: unknown[] = Array.isArray(jrd["links"]) ? jrd["links"] : [];
  for (const link of links) {
    if (!isJsonObject(link) || link["rel"] !== "self" || typeof link["href"] !== "string") continue;
    const type = String(link["type"] ?? "");
    if (type === "application/activity+json" || type.startsWith("application/ld+json")) return link["href"];
  }
  return null;
}

/** What went wrong over there, as a sentence about the person who was looked for. */
function asFinding(error: unknown): NodeError {
  if (!(error instanceof NodeError))
    return new NodeError("person-not-found", "answer not understood", { cause: error });
  switch (error.code) {
    case "not-found":
    case "not-allowed":
    case "bad-request":
      return new NodeError("person-not-found", error.message, { cause: error });
    case "peer-refused":
      return new NodeError("peer-off", error.message, { cause: error });
    default:
      return error;
  }
}
