import { mendSubscription } from "../../social/subscriptions/mend.ts";
import type { JobHandler } from "../../store/jobs.ts";
import { isJsonObject } from "../json-guard.ts";
import { mayGoTo } from "../outside.ts";
import type { Parts } from "../parts.ts";
import { contactOf } from "../queries.ts";
import { isListed } from "../translate/synchronization.ts";
import { attempt } from "./fetch.ts";

/**
 * Asks somebody who of this host subscribes to them, and mends what is known here (FEP-8fcf). Its turn comes after
 * whatever waits for that host, so that what was to be told them, they know by then.
 */
export function checkListingJob(parts: Parts): JobHandler {
  const { store, identity, documents, now } = parts;
  return (job) =>
    attempt(async () => {
      const { personId = "", url = "" } = job.about;
      const person = await contactOf(store.read, personId);
      if (person === null) return;
      await mayGoTo(parts, person.host);
      const at = now();
      const { document } = await documents.loadSigned(url);
      const listed = isJsonObject(document) ? isListed(document, identity.ownerUri) : null;
      if (listed === null) return;
      await store.transact((tx) => mendSubscription(tx, identity, personId, { listed, at }, now()));
    });
}
