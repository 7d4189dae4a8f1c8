import { NodeError } from "../../lib/errors.ts";
import { messengersOf } from "../../social/messages/keys/queries.ts";
import {
  dropUnopened,
  openSealed,
  type Sealed,
  takeOpened,
} from "../../social/messages/letters/open-letter.ts";
import { sealedRow } from "../../social/messages/letters/queries.ts";
import type { JobHandler } from "../../store/jobs.ts";
import type { Parts } from "../parts.ts";
import { learnKeyNow } from "./key-now.ts";
import { openFromElsewhere } from "./open-from-elsewhere.ts";

/**
 * Opens a letter that came. Whatever it is that does not fit, their key is asked for once since the letter came, so that
 * nobody learns from being asked what was wrong (B14); then it is opened, or it is not.
 */
export function openLetterJob(parts: Parts): JobHandler {
  const { store, identity: me, log } = parts;
  return async (job, signal) => {
    const row = await sealedRow(store.read, job.about["sealedId"] ?? "");
    if (row === null) return "done";
    const from = (await messengersOf(store.read, [row.personId])).get(row.personId)?.uri ?? "";
    await parts.turn();
    if (row.uri !== "") return openFromElsewhere(parts, { row, from, tries: job.tries }, signal);
    let opening = await openSealed(store.read, me, row, from);
    if ("refused" in opening && !opening.asked) {
      const trouble = await askForKey(parts, row, signal);
      if (trouble !== null) return { retry: trouble };
      opening = await openSealed(store.read, me, row, from);
    }
    if ("refused" in opening) {
      const { refused } = opening;
      log.info("a letter could not be opened", { why: refused });
      return { done: (tx) => dropUnopened(tx, row, refused) };
    }
    const { letter, coming } = opening;
    return { done: (tx) => takeOpened(tx, row, letter, coming) };
  };
}

/** null: it was asked for, whatever came of it. Else: why it is to be tried again. */
async function askForKey(parts: Parts, { personId }: Sealed, signal: AbortSignal): Promise<string | null> {
  try {
    await learnKeyNow(parts, personId, signal);
    return null;
  } catch (error) {
    if (!(error instanceof NodeError)) throw error;
    return error.code === "peer-off" || error.code === "tor-down" ? error.code : null;
  }
}
