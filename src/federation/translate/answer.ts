import { type Accept, Follow, Offer, QuoteRequest, type Reject } from "@fedify/fedify/vocab";
import { isOwnOffer } from "../../social/friends/friendship.ts";
import type { Addresses } from "../addresses.ts";
import { embeddedObject, soleObject } from "./object-of.ts";
import { askedInPost } from "./quote-request.ts";

/** What the owner asks for, and others answer. */
export const answerable = [Follow, QuoteRequest, Offer];

/**
 * quote: leave to quote in an own post, `stamp` its address, "" for none. request: a request to subscribe, by its id, or
 * whole; then `person` is whom the owner asked in it. offer: to be friends, by its id only.
 */
export type ReadAnswer =
  | { to: "quote"; postUri: string; stamp: string }
  | { to: "offer"; uri: string }
  | { to: "request"; uri: string; person: string };

/** Others give the id of what they answer, or all of it, and some leave out its id. */
export async function readAnswer(activity: Accept | Reject, at: Addresses): Promise<ReadAnswer> {
  const uri = soleObject(activity)?.href ?? "";
  const stamp = activity.resultId?.href ?? "";
  const named = askedInPost(at, uri);
  if (named !== null) return { to: "quote", postUri: named, stamp };
  if (isOwnOffer(at.origin, uri)) return { to: "offer", uri };
  const asked = await embeddedObject(activity);
  const isOurs = answerable.some((type) => asked instanceof type && asked.actorId?.href === at.person);
  const postUri = isOurs && asked instanceof QuoteRequest ? (asked.instrumentId?.href ?? "") : "";
  if (postUri.startsWith(`${at.origin}/posts/`)) return { to: "quote", postUri, stamp };
  return {
    to: "request",
    uri,
    person: isOurs && asked instanceof Follow ? (asked.objectId?.href ?? "") : "",
  };
}
