import { idOf } from "../../lib/ids.ts";
import { isStranger } from "../../social/gate/gate.ts";
import { type QuoteRequest, receiveQuoteRequest } from "../../social/quotes/receive-request.ts";
import { quoteVerified } from "../../social/quotes/verified.ts";
import type { JobHandler } from "../../store/jobs.ts";
import { hostOf } from "../addresses.ts";
import { isJsonObject } from "../json-guard.ts";
import { mayGoTo } from "../outside.ts";
import type { Parts } from "../parts.ts";
import { postAuthor, subscribesAt } from "../queries.ts";
import { type QuoteToCheck, quotes, quoteToCheck } from "../quote-queries.ts";
import { isStampFor } from "../translate/quote.ts";
import { attempt, fetchPost, keepFetched, postAt } from "./fetch.ts";
import { DEPTH_MAX } from "./plan-fetches.ts";

/**
 * Looks up what somebody quotes, and at the quoted person's own place whether they gave leave. What the quoted post
 * quotes or answers itself is not looked up: a chain of quotes would lead this node wherever its author likes.
 */
export function checkQuote(parts: Parts): JobHandler {
  return (job) =>
    attempt(async () => {
      const postId = job.about["postId"] ?? "";
      const quote = await quoteToCheck(parts.store.read, postId);
      if (quote === null || !(await isGranted(parts, quote))) return;
      const { quoteOfUri, stamp } = quote;
      await parts.store.transact((tx) => quoteVerified(tx, { postId, quoteOfUri, stamp }));
    });
}

async function isGranted(parts: Parts, quote: QuoteToCheck): Promise<boolean> {
  const { store, documents, identity } = parts;
  const { quoteOfUri: quoted, stamp: uri, uri: quoting } = quote;
  if ((await postAuthor(store.read, quoted)) === null) await fetchPost(parts, quoted, DEPTH_MAX, true);
  const author = await postAuthor(store.read, quoted);
  if (author === null || author === identity.ownerUri) return false;
  if (author === quote.author) return true;
  if (uri === "" || hostOf(uri) !== hostOf(author)) return false;
  const isKnown = await subscribesAt(store.read, identity.ownerId, hostOf(uri) ?? "");
  const { document } = await (isKnown ? documents.loadSigned(uri) : documents.load(uri));
  return isJsonObject(document) && isStampFor(document, { uri, author, quoting, quoted });
}

/** Reads the post that would quote, where it is said to be. Of somebody unknown it is not kept: they wait at the gate. */
async function isQuoting(parts: Parts, { personId, postId, quotingUri }: QuoteRequest): Promise<boolean> {
  const { store, identity } = parts;
  await mayGoTo(parts, hostOf(quotingUri) ?? "");
  const found = await postAt(parts, quotingUri);
  if (found === null) return false;
  const { uri, author, quoteUri } = found.post;
  if (uri !== quotingUri || idOf(author) !== personId || idOf(quoteUri) !== postId) return false;
  if (!(await isStranger(store.read, identity, personId)))
    await keepFetched(parts, found, DEPTH_MAX, "arrived");
  return true;
}

/** Answers a question for leave whose post was only named, once that post was seen: it is theirs, and it quotes that. */
export function checkQuoting(parts: Parts): JobHandler {
  const { store, identity } = parts;
  return (job) =>
    attempt(async () => {
      const { personId = "", postId = "", quotingUri = "", uri = "" } = job.about;
      const request = { personId, postId, quotingUri, uri };
      if (!(await quotes(store.read, request)) && !(await isQuoting(parts, request))) return;
      await store.transact((tx) => receiveQuoteRequest(tx, identity, request, parts.now()));
    });
}
