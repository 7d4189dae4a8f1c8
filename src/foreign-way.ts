import { hasTiesAt } from "./federation/queries.ts";
import type { Clock } from "./lib/clock.ts";
import { NodeError } from "./lib/errors.ts";
import type { Identity } from "./social/identity/identity.ts";
import type { JobHandler } from "./store/jobs.ts";
import type { Store } from "./store/store.ts";

/** How files of others are fetched. */
export type ForeignWay = {
  store: Store;
  identity: Pick<Identity, "ownerId">;
  fetch: typeof globalThis.fetch;
  /** On a circuit of its own: nobody can link it to what is signed. */
  fetchOnce: typeof globalThis.fetch;
  now: Clock;
  /** 0 up to 1 */
  random: () => number;
};

/** Ahead of a click: after half a minute at the least, a quarter of an hour at the most. */
const SOONEST = 30_000;
const SPREAD = 15 * 60_000 - SOONEST;

/** A job that is first done at a time nobody can foresee from when it was planned. */
export function ahead({ random }: Pick<ForeignWay, "random">, work: JobHandler): JobHandler {
  return async (job, signal) =>
    job.tries === 0 ? { retry: "later", after: Math.round(SOONEST + random() * SPREAD) } : work(job, signal);
}

/** What is not signed goes by a circuit of its own to hosts where nobody and the owner subscribe to one another. */
export async function reached(o: ForeignWay, request: Request, isSigned = false): Promise<Response> {
  const { host } = new URL(request.url);
  const fetch = isSigned || (await hasTiesAt(o.store.read, o.identity.ownerId, host)) ? o.fetch : o.fetchOnce;
  try {
    return await fetch(request);
  } catch (error) {
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      if (cause instanceof NodeError) throw cause;
    throw new NodeError("peer-off", "no answer", { cause: error });
  }
}

/** It may be there another time. */
export const isPassing = (code: string): boolean => code === "peer-off" || code === "tor-down";
