import type { Activity } from "@fedify/fedify/vocab";
import type { Verdict } from "../../lib/verdict.ts";
import { askAbout } from "../../social/outside/ask-about.ts";
import { outsideServer } from "../../social/outside/queries.ts";
import type { PersonCard } from "../../social/people/person.ts";
import { hostOf, sameHost } from "../addresses.ts";
import { createBoundedMap } from "../bounded-map.ts";
import { namesTooManyContexts } from "../contexts.ts";
import { INBOX_BOUNDS, type JsonFault, type JsonObject, readJson } from "../json-guard.ts";
import { noteHeard } from "../outbox/queries.ts";
import { outsideHost } from "../outside.ts";
import type { Parts } from "../parts.ts";
import { isBlocked, isKnownPerson, markHandled } from "../queries.ts";
import { strangersCardOf } from "../translate/person.ts";
import { activityFromJson } from "../translate/read.ts";
import { claimedSigner, isSigned, type VerifySigner } from "../verify-signer.ts";
import { waitBefore, waitOf } from "./admission.ts";
import { compareSubscribers } from "./compare-subscribers.ts";
import { dispatch } from "./dispatch.ts";
import type { Incoming } from "./incoming.ts";

/**
 * The way in, the same for the shared and the personal inbox:
 *   1. bytes: bounded, looked over before anything parses them, read once            413 415 400
 *   2. who: the HTTP signature, and nothing else; a Linked Data signature or a proof
 *      inside the body could have been sent by anyone who ever saw it                401
 *      Unknown people are held back before their keys are fetched, everybody by a
 *      budget of their own afterwards                                               503
 *   3. what: shapes no honest sender makes are dropped with 202, since 400 and 401
 *      make a sender knock a second time
 *   4. one transaction: the mark against a second handling and the handler's rows
 */
export function createInbox(parts: Parts, verifySigner: VerifySigner) {
  /** Who was written down lately as heard of. */
  const heard = createBoundedMap<true>({ entries: 2_000, lifeMs: 60_000, now: parts.now });
  return async (request: Request): Promise<Response> => {
    const encoding = request.headers.get("Content-Encoding");
    if (encoding !== null && encoding !== "identity") return answer(415);
    const bytes = await boundedBody(request);
    if (bytes === null) return answer(413);
    const json = readJson(bytes, INBOX_BOUNDS);
    if (typeof json === "string") return answer(statusOf(json));
    if (namesTooManyContexts(json)) return answer(400);

    if (!isSigned(request)) return answer(401);
    await parts.turn();
    const claimed = claimedSigner(request) ?? "";
    if (await isBlocked(parts.store.read, claimed)) return answer(404);
    const wait = await waitBefore(parts, claimed, json);
    if (wait > 0) return comeAgain(wait);
    const actor = await verifySigner(
      new Request(request.url, { method: "POST", headers: request.headers, body: new Uint8Array(bytes) }),
    );
    if (actor === "busy") return comeAgain(60);
    if (actor === "outside") return fromOutside(parts, outsideHost(claimed) ?? "");
    const sender = actor === null ? null : await strangersCardOf(actor);
    if (actor === null || sender === null) return answer(401);
    // The key may lie on a page of its own.
    if (claimed !== sender.uri && (await isBlocked(parts.store.read, sender.uri))) return answer(404);
    const rest = await waitOf(parts, sender);
    if (rest > 0) return comeAgain(rest);
    parts.onContact(sender.host);
    await parts.turn();

    const activity = await activityFromJson(json);
    const fault = activity === null ? "not an activity" : shapeFault(activity, json, sender);
    if (fault === "not the signer's") return answer(401);
    if (fault !== null || activity === null) return settle(parts, { dropped: fault ?? "not an activity" });
    await parts.turn();
    const { identity: me, at } = parts;
    await compareSubscribers(parts, request, sender);
    const isNews = heard.get(sender.host) === undefined;
    if (isNews) heard.set(sender.host, true);
    return handle(parts, { activity, actor, sender, json, me, at, now: parts.now() }, isNews);
  };
}

/** Until the owner has decided, whoever is honest comes again; whom the owner refuses, finds nobody here. */
async function fromOutside({ store, now }: Parts, host: string): Promise<Response> {
  const state = await outsideServer(store.read, host);
  if (state === "refused") return answer(404);
  if (state === null) await store.transact((tx) => askAbout(tx, host, now(), "others"));
  return answer(503, { "Retry-After": "3600" });
}

async function handle(parts: Parts, incoming: Incoming, isNews: boolean): Promise<Response> {
  try {
    const verdict = await parts.store.transact(async (tx) => {
      const what = { sender: incoming.sender.uri, activity: incoming.activity.id?.href ?? "" };
      if (!(await markHandled(tx, what, incoming.now))) return { dropped: "handled before" };
      if (isNews && (await isKnownPerson(tx, incoming.sender.uri)))
        await noteHeard(tx, incoming.sender.host, incoming.now);
      const reached = await dispatch(tx, incoming);
      // Rolls the mark back, so that the same activity is taken when it comes again.
      if (typeof reached === "object" && "retry" in reached) throw new NotNow(reached);
      return reached;
    });
    return settle(parts, verdict);
  } catch (error) {
    if (error instanceof NotNow && error.verdict.after !== undefined) return settle(parts, error.verdict);
    parts.log.error("an activity could not be handled", error);
    return settle(parts, { retry: "internal" });
  }
}

type Later = Extract<Verdict, { retry: string }>;

class NotNow extends Error {
  readonly verdict: Later;

  constructor(verdict: Later) {
    super(verdict.retry);
    this.verdict = verdict;
  }
}

function settle(parts: Parts, verdict: Verdict): Response {
  if (verdict === "accepted") return answer(202);
  if ("dropped" in verdict) {
    parts.log.debug("an activity was dropped", { why: verdict.dropped });
    return answer(202);
  }
  return comeAgain(verdict.after ?? 300);
}

/** Shapes the library lets through and nobody honest sends (A6 to A8). Null: none of them. */
function shapeFault(activity: Activity, json: JsonObject, sender: PersonCard): string | null {
  if (activity.actorIds.length !== 1 || Array.isArray(json["actor"])) return "several actors";
  if (activity.actorId?.href !== sender.uri) return "not the signer's";
  if (activity.id === null) return "no id";
  if (!sameHost(activity.id, sender.uri)) return "id on another host";
  if (hostOf(activity.id) === null) return "id is no address";
  return null;
}

function statusOf(fault: JsonFault): number {
  return fault === "too-large" ? 413 : 400;
}

async function boundedBody(request: Request): Promise<Uint8Array | null> {
  if (Number(request.headers.get("Content-Length") ?? 0) > INBOX_BOUNDS.bytes) return null;
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.length;
    if (size > INBOX_BOUNDS.bytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Whoever is honest does, for days or weeks. */
function comeAgain(seconds: number): Response {
  return answer(503, { "Retry-After": String(seconds) });
}

function answer(status: number, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { "Cache-Control": "no-store", ...headers } });
}
