import {
  type Article,
  Link,
  type Note,
  type Question,
  QuoteAuthorization,
  type Object as WireObject,
} from "@fedify/fedify/vocab";
import { escapeHtml } from "../../social/html.ts";
import { hostOf, sameHost } from "../addresses.ts";
import { localContexts } from "../contexts.ts";
import type { JsonObject } from "../json-guard.ts";
import { offline } from "./offline.ts";

const OBJECT_LINK = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"';
const ACTIVITY_TYPE = "application/activity+json";
const QUOTE_RELATION = "https://misskey-hub.net/ns#_misskey_quote";
const TAGS_READ = 100;

/** What an own post quotes. `stamp`: "" until its author gave leave. */
export type OwnQuote = { uri: string; stamp: string };

/**
 * FEP-044f, with the names it had before (quoteUrl, _misskey_quote, quoteUri) and as an object link (FEP-e232). The
 * plain link is for those who know none of them.
 */
export function quoteValues(quote: OwnQuote) {
  const uri = new URL(quote.uri);
  return {
    quote: uri,
    quoteUrl: uri,
    quoteAuthorization: quote.stamp === "" ? null : new URL(quote.stamp),
  };
}

export function quoteTag(quote: OwnQuote): Link {
  const href = new URL(quote.uri);
  return new Link({ href, mediaType: OBJECT_LINK, rel: QUOTE_RELATION, name: `RE: ${quote.uri}` });
}

export function withPlainLink(html: string, quote: OwnQuote): string {
  const address = escapeHtml(quote.uri);
  return `${html}<p class="quote-inline">RE: <a href="${address}">${address}</a></p>`;
}

/** The plain link is no words of the post where its quote is understood. */
export function withoutPlainLink(html: string): string {
  return html.replace(/<(p|span) class="quote-inline">(?:(?!<\/?\1\b)[\s\S])*<\/\1>/g, "");
}

/** What a post quotes, in whichever of the spellings; "" for none. Several different ones: the newest spelling counts. */
export async function readQuote(
  object: Note | Article | Question,
): Promise<{ quoteUri: string; quoteStamp: string }> {
  const said = object.quoteId ?? object.quoteUrl ?? (await linkedObject(object));
  const uri = hostOf(said) === null || said === null ? "" : said.href;
  if (uri === "" || uri === object.id?.href || uri.length > 2_000) return { quoteUri: "", quoteStamp: "" };
  const stamp = object.quoteAuthorizationId;
  const known = stamp !== null && sameHost(stamp, uri) && stamp.href.length <= 2_000;
  return { quoteUri: uri, quoteStamp: known ? stamp.href : "" };
}

async function linkedObject(object: WireObject): Promise<URL | null> {
  const loaders = { contextLoader: localContexts, documentLoader: offline, suppressError: true };
  let read = 0;
  for await (const tag of object.getTags(loaders)) {
    if (++read > TAGS_READ) return null;
    if (!(tag instanceof Link) || tag.rels.every((rel) => rel !== QUOTE_RELATION)) continue;
    if (tag.mediaType === OBJECT_LINK || tag.mediaType === ACTIVITY_TYPE) return tag.href;
  }
  return null;
}

/** Leave for one post to quote another, as anybody may read it. Nothing of either is in it. */
export function stampObject(
  uri: string,
  stamp: { author: string; quoting: string; quoted: string },
): QuoteAuthorization {
  return new QuoteAuthorization({
    id: new URL(uri),
    attribution: new URL(stamp.author),
    interactingObject: new URL(stamp.quoting),
    interactionTarget: new URL(stamp.quoted),
  });
}

/** Whether a document is this person's leave for exactly this quote. */
export async function isStampFor(
  json: JsonObject,
  wanted: { uri: string; author: string; quoting: string; quoted: string },
): Promise<boolean> {
  try {
    const options = { contextLoader: localContexts, documentLoader: offline };
    const stamp = await QuoteAuthorization.fromJsonLd(json, options);
    const [by, ...others] = stamp.attributionIds;
    return (
      stamp.id?.href === wanted.uri &&
      sameHost(wanted.uri, wanted.author) &&
      by?.href === wanted.author &&
      others.length === 0 &&
      stamp.interactingObjectId?.href === wanted.quoting &&
      stamp.interactionTargetId?.href === wanted.quoted
    );
  } catch {
    return false;
  }
}
