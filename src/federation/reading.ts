import { createFederation as createFedify, type Federation as Fedify } from "@fedify/fedify";
import { Announce, QuoteAuthorization, ReplyAuthorization, Object as WireObject } from "@fedify/fedify/vocab";
import { idOf } from "../lib/ids.ts";
import { may, type Viewer } from "../social/access.ts";
import { hasTies } from "../social/gate/queries.ts";
import { gnupgCertificate } from "../social/messages/keys/gnupg.ts";
import { ownCertificate } from "../social/messages/keys/own.ts";
import { featured } from "./collections/featured.ts";
import { FIRST, outboxPage } from "./collections/outbox.ts";
import { nobody } from "./collections/people.ts";
import { subscribersFor } from "./collections/subscribers.ts";
import { type ListPlace, listPlaceOf, threadList } from "./collections/thread-lists.ts";
import { localContexts } from "./contexts.ts";
import { ACTIVITY_TYPE } from "./documents.ts";
import { createKv } from "./kv.ts";
import { noteFor } from "./outbox/activities.ts";
import { grantedStamp } from "./outbox/quote-activities.ts";
import { boostActivity } from "./outbox/reaction-activity.ts";
import { leaveToAnswer } from "./outbox/reply-leave.ts";
import { ownPost } from "./own-posts/queries.ts";
import type { Parts } from "./parts.ts";
import { contactOf } from "./queries.ts";
import { isSigned, type VerifySigner } from "./verify-signer.ts";
import { actorAskerOf, askerOf, isClaimedBlocked } from "./viewer.ts";
import { hostMeta, nodeInfo, nodeInfoLinks } from "./well-known.ts";
import { WKD_POLICY, wkdPath } from "./wkd.ts";

/** What an answer says depends on who asks. */
const NOT_FOR_ALL = { "Cache-Control": "private, no-store", Vary: "Accept, Signature" };

type Asked = { viewer: Viewer };

/**
 * Which of our addresses a path is. "open": readable by anyone; "actor": the owner, by anyone, as far as each may; "shown": as far as the asker may see it; "thread": a list
 * of a thread, the same; "subscribers": to those of the asker's host.
 */
type Place =
  | { kind: "open" | "actor" | "shown"; path: string }
  | { kind: "thread"; of: ListPlace }
  | { kind: "subscribers" }
  | { kind: "plain"; answer: () => Response | Promise<Response> };

/** Answers GET and HEAD. Null: not ours, or asked for by a browser: a page may answer. */
export function createReading(parts: Parts, verifySigner: VerifySigner, version: string) {
  const fedify = createSurface(parts);
  return async (request: Request): Promise<Response | null> => {
    const place = placeOf(parts, request, version);
    if (place === null) return null;
    if (place.kind === "plain") return (await isClaimedBlocked(parts, request)) ? missing() : place.answer();

    let viewer: Viewer = { kind: "stranger" };
    if (place.kind === "actor") {
      const asker = await actorAskerOf(parts, verifySigner, request);
      if (asker === "blocked") return missing();
      viewer = asker;
    } else if (place.kind !== "open") {
      const asker = await askerOf(parts, verifySigner, request);
      if (asker === "blocked") return missing();
      viewer = asker;
      const wait = await waitToRead(parts, request, viewer);
      if (wait > 0) return tooMany(wait);
      if (place.kind === "subscribers") return documentOf(await subscribersFor(parts, viewer));
    } else if (await isClaimedBlocked(parts, request)) return missing();

    if (place.kind === "thread") {
      if (!wantsDocument(request)) return null;
      return documentOf(await threadList(parts, viewer, place.of));
    }
    let forAPage = false;
    const response = await fedify.fetch(new Request(place.path, { headers: request.headers }), {
      contextData: { viewer },
      onNotFound: () => missing(),
      onUnauthorized: () => missing(),
      onNotAcceptable: () => {
        forAPage = true;
        return missing();
      },
    });
    if (forAPage) return null;
    for (const [name, value] of Object.entries(NOT_FOR_ALL)) response.headers.set(name, value);
    return response;
  };
}

/** What is private and what is missing look the same. */
function missing(): Response {
  return new Response("Not found", {
    status: 404,
    headers: { ...NOT_FOR_ALL, "Content-Type": "text/plain; charset=utf-8" },
  });
}

function documentOf(of: object | null): Response {
  return of === null
    ? missing()
    : new Response(JSON.stringify(of), { headers: { ...NOT_FOR_ALL, "Content-Type": ACTIVITY_TYPE } });
}

/** A browser names a page first, whatever else it takes. */
function wantsDocument(request: Request): boolean {
  const [first = "", ...rest] = (request.headers.get("Accept") ?? "").split(",");
  return !/html/.test(first) && [first, ...rest].some((type) => /json/.test(type));
}

/** Whoever does not sign is counted before they come here. Strangers who sign do not starve friends. */
export async function waitToRead(
  { store, identity, rates }: Parts,
  request: Request,
  viewer: Viewer,
  budget: "documents" | "media" = "documents",
): Promise<number> {
  if (!isSigned(request)) return 0;
  const tied = viewer.kind === "person" && (await hasTies(store.read, identity.ownerId, viewer.personId));
  return tied ? rates.take("friend", viewer.personId) : rates.take(budget);
}

function tooMany(seconds: number): Response {
  return new Response(null, {
    status: 429,
    headers: { "Retry-After": String(seconds), "Cache-Control": "private, no-store" },
  });
}

/**
 * What can be encrypted to the owner; the same for everybody, and never kept on the way: it changes every week. By address, a Web Key
 * Directory says the one for GnuPG where there is one, and not both: GnuPG (2.2.40 and 2.4.7) takes in nothing of what holds a key
 * of version 6, in either order, and every other program takes version 4.
 */
async function ownKeyDocument(
  { store, now }: Parts,
  which: "own" | "gnupg" | "directory",
): Promise<Response> {
  const forGnupg = which === "own" ? null : await gnupgCertificate(store.read);
  const certificate = which === "gnupg" ? forGnupg : (forGnupg ?? (await ownCertificate(store.read, now())));
  if (certificate === null) return missing();
  const headers = { "Content-Type": "application/pgp-keys", "Cache-Control": "no-store" };
  return new Response(new Uint8Array(certificate), { headers });
}

function placeOf(parts: Parts, request: Request, version: string): Place | null {
  const { at, identity } = parts;
  const { pathname, search } = new URL(request.url);
  const person = new URL(at.person).pathname;
  switch (pathname) {
    case "/.well-known/webfinger":
      return { kind: "open", path: at.origin + pathname + search };
    case "/.well-known/host-meta":
      return { kind: "plain", answer: () => hostMeta(at) };
    case "/.well-known/nodeinfo":
      return { kind: "plain", answer: () => nodeInfoLinks(at) };
    case new URL(at.openpgpKey).pathname:
      return { kind: "plain", answer: () => ownKeyDocument(parts, "own") };
    case new URL(at.gnupgKey).pathname:
      return { kind: "plain", answer: () => ownKeyDocument(parts, "gnupg") };
    case wkdPath(identity.handle):
      return { kind: "plain", answer: () => ownKeyDocument(parts, "directory") };
    case WKD_POLICY:
      return { kind: "plain", answer: () => new Response("", { headers: { "Content-Type": "text/plain" } }) };
    case "/nodeinfo/2.1":
      return { kind: "plain", answer: () => nodeInfo(version) };
    // The bare address and the page's address are the person too, for whoever asks as a server.
    case "/":
    case `/@${identity.handle}`:
    case person:
      return { kind: "actor", path: at.person };
    case `${person}/outbox`:
    case `${person}/followers`:
    case `${person}/following`:
    case `${person}/featured`:
      return { kind: "open", path: at.origin + pathname + search };
    case new URL(at.subscribersOfHost).pathname:
      return { kind: "subscribers" };
  }
  const list = listPlaceOf(pathname, search);
  if (list !== null) return { kind: "thread", of: list };
  if (/^\/(?:quotes|answers)\/[0-9a-f]{32}$/.test(pathname))
    return { kind: "open", path: at.origin + pathname };
  return /^\/(?:posts|boosts)\/[0-9a-f]{32}$/.test(pathname)
    ? { kind: "shown", path: at.origin + pathname }
    : null;
}

function createSurface(parts: Parts): Fedify<Asked> {
  const { at, identity: me, documents, store } = parts;
  const fedify = createFedify<Asked>({
    kv: createKv(parts.now),
    origin: at.origin,
    // Own loaders instead of allowPrivateAddress: contexts stay local, and no name is ever looked up here.
    documentLoaderFactory: () => documents.load,
    contextLoaderFactory: () => localContexts,
    authenticatedDocumentLoaderFactory: () => documents.loadSigned,
    firstKnock: "draft-cavage-http-signatures-12",
    signatureTimeWindow: { hours: 1 },
  });
  const isMe = (identifier: string) => identifier === me.handle;
  fedify
    .setActorDispatcher("/people/{identifier}", ({ data }, identifier) =>
      isMe(identifier) ? parts.ownActor(data.viewer) : null,
    )
    // WebFinger finds the owner by name, by id (FEP-2c59, FEP-4adb) and by the address of the page.
    .mapHandle((_, handle) => (isMe(handle.toLowerCase()) ? me.handle : null))
    .mapAlias((_, resource) => (resource.href === at.page ? { identifier: me.handle } : null));
  fedify
    .setOutboxDispatcher("/people/{identifier}/outbox", (_, identifier, cursor) =>
      isMe(identifier) ? outboxPage(parts, cursor ?? FIRST) : null,
    )
    .setFirstCursor(() => FIRST);
  fedify.setFollowersDispatcher("/people/{identifier}/followers", (_, identifier) =>
    isMe(identifier) ? nobody() : null,
  );
  fedify.setFollowingDispatcher("/people/{identifier}/following", (_, identifier) =>
    isMe(identifier) ? nobody() : null,
  );
  fedify.setObjectDispatcher(WireObject, "/posts/{id}", async ({ data }, { id }) => {
    const sent = await ownPost(store.read, idOf(`${at.origin}/posts/${id}`));
    if (sent === null || sent.reach === null || sent.boostOf !== "") return null;
    if (!may(data.viewer, "see", sent.thing)) return null;
    const reader = data.viewer.kind === "person" ? await contactOf(store.read, data.viewer.personId) : null;
    if (reader === null) return noteFor(parts, sent, null).note;
    const answers = may(data.viewer, "reply", sent.thing);
    return noteFor(parts, sent, { uri: reader.uri, answers }).note;
  });
  fedify.setFeaturedDispatcher("/people/{identifier}/featured", (_, identifier) =>
    isMe(identifier) ? featured(parts) : null,
  );
  fedify.setObjectDispatcher(Announce, "/boosts/{id}", async (_, { id }) => {
    const sent = await ownPost(store.read, idOf(`${at.origin}/boosts/${id}`));
    if (sent === null || sent.boostOf === "") return null;
    const { uri, publishedAt } = sent.post;
    return boostActivity(at, { uri, of: sent.boostOf, publishedAt });
  });
  fedify.setObjectDispatcher(ReplyAuthorization, "/answers/{id}", (_, { id }) => leaveToAnswer(parts, id));
  fedify.setObjectDispatcher(QuoteAuthorization, "/quotes/{id}", (_, { id }) => grantedStamp(parts, id));
  return fedify;
}
