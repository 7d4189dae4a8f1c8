import { NodeError } from "../../lib/errors.ts";
import { dropUnopenable, openArrived, takeArrived } from "../../social/messages/elsewhere/open-arrived.ts";
import type { SealedLetter } from "../../social/messages/letters/queries.ts";
import type { JobOutcome } from "../../store/jobs.ts";
import type { Parts } from "../parts.ts";
import { keyElsewhere } from "./key-elsewhere.ts";

/** So often their host is asked for the key it was signed with; then it is opened as it is. */
const TRIES = 3;

/**
 * Opens what somebody's OpenPGP program sealed. Before that their key is asked for as it is before sending, whatever came, so that
 * nobody learns from being asked what was wrong with it (B14).
 */
export async function openFromElsewhere(
  parts: Parts,
  { row, from, tries }: { row: SealedLetter; from: string; tries: number },
  signal: AbortSignal,
): Promise<JobOutcome> {
  const { store, log } = parts;
  try {
    await keyElsewhere(parts, row.personId, signal);
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    if (tries + 1 < TRIES) return { retry: error.code };
  }
  const opening = await openArrived(store.read, row);
  if (!("refused" in opening)) return { done: (tx) => takeArrived(tx, row, opening, from) };
  const { refused } = opening;
  log.info("a message from elsewhere could not be opened", { why: refused });
  return { done: (tx) => dropUnopenable(tx, row, refused, from) };
}
