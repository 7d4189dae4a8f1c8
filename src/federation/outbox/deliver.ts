import { signRequest } from "@fedify/fedify";
import type { Clock } from "../../lib/clock.ts";
import { NodeError } from "../../lib/errors.ts";
import type { JobOutcome } from "../../store/jobs.ts";
import { createBoundedMap } from "../bounded-map.ts";
import { reach, USER_AGENT } from "../documents.ts";
import type { JsonObject } from "../json-guard.ts";
import type { ActorKeys } from "../keys.ts";
import type { GoneMemory } from "./gone-memory.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const GONE_AGAIN_MS = 6 * 60 * 60 * 1000;
/** Why nothing more is sent to somebody: their address says for a day that nobody is there. */
export const GONE = "gone";
const RETRY_AFTER_MAX_MS = DAY_MS;
const REMEMBERED = 5000;

type Spec = "draft-cavage-http-signatures-12" | "rfc9421";
const SPECS: readonly [Spec, Spec] = ["draft-cavage-http-signatures-12", "rfc9421"];

/** Sends one activity to one inbox. `beside`: headers that the signature covers too. */
export type Deliver = (
  inbox: string,
  activity: JsonObject,
  signal: AbortSignal,
  beside?: Record<string, string>,
) => Promise<JobOutcome>;

/** What is under an RFC 9421 signature; draft-cavage is made over every header there is. */
const COVERED = ["@method", "@target-uri", "@authority", "host", "date"];

/**
 * Signs as draft-cavage first, for snac answers 202 to an RFC 9421 request and drops it; the second knock
 * is RFC 9421, and whichever a host took is the first from then on.
 */
type DeliverOptions = { keys: ActorKeys; gone: GoneMemory; turn: () => Promise<void>; now: Clock };

export function createDeliver(o: DeliverOptions): Deliver {
  const preferred = createBoundedMap<Spec>({ entries: REMEMBERED, lifeMs: 7 * DAY_MS, now: o.now });

  type Letter = { inbox: URL; body: ArrayBuffer; beside: Record<string, string> };

  async function knock({ inbox, body, beside }: Letter, spec: Spec, signal: AbortSignal): Promise<Response> {
    const plain = new Request(inbox, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/activity+json", "User-Agent": USER_AGENT, ...beside },
      redirect: "manual",
    });
    const covered = [...COVERED, ...Object.keys(beside).map((name) => name.toLowerCase())];
    const signed = await signRequest(plain, o.keys.rsa.privateKey, o.keys.rsa.keyId, {
      spec,
      body,
      rfc9421: { components: covered.map((value) => ({ value, params: {} })) },
      currentTime: Temporal.Instant.fromEpochMilliseconds(o.now()),
    });
    return reach(signed, signal);
  }

  return async (address, activity, signal, beside = {}) => {
    const inbox = URL.parse(address);
    if (inbox === null) return { stop: "no inbox" };
    await o.turn();
    const letter = { inbox, beside, body: new TextEncoder().encode(JSON.stringify(activity)).buffer };
    const first = preferred.get(inbox.host) ?? SPECS[0];
    try {
      let spec = first;
      let response = await knock(letter, spec, signal);
      if (response.status === 400 || response.status === 401) {
        await response.body?.cancel();
        spec = first === SPECS[0] ? SPECS[1] : SPECS[0];
        response = await knock(letter, spec, signal);
      }
      await response.body?.cancel();
      if (response.ok) preferred.set(inbox.host, spec);
      const isMissing = response.status === 404 || response.status === 410;
      if (!isMissing) await o.gone.forget(inbox.href);
      return isMissing && (await o.gone.isGone(inbox.href)) ? { stop: GONE } : outcomeOf(response, o.now());
    } catch (error) {
      if (error instanceof NodeError) return { retry: error.code };
      throw error;
    }
  };
}

/** What an answer means for the job. A node that is starting answers 503, never 404: see GoneMemory. */
export function outcomeOf(response: Response, now: number): JobOutcome {
  const { status } = response;
  if (response.ok) return "done";
  switch (status) {
    case 404:
    case 410:
      return { retry: `status ${status}`, after: GONE_AGAIN_MS };
    case 400:
    case 405:
    case 413:
    case 415:
    case 422:
      return { stop: `status ${status}` };
    default: {
      const after = retryAfter(response.headers.get("Retry-After"), now);
      return { retry: `status ${status}`, ...(after === null ? {} : { after }) };
    }
  }
}

/** Milliseconds, of both forms of the header (RFC 9110, 10.2.3); at most a day. */
function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const wait = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 1000), RETRY_AFTER_MAX_MS) : null;
}
