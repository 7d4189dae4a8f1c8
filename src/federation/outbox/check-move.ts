import { followMove } from "../../social/moving/follow-move.ts";
import { savePerson } from "../../social/people/save-person.ts";
import type { JobHandler } from "../../store/jobs.ts";
import { hostOf } from "../addresses.ts";
import { isJsonObject } from "../json-guard.ts";
import { mayGoTo } from "../outside.ts";
import type { Parts } from "../parts.ts";
import { isBlocked } from "../queries.ts";
import { actorFromJson, strangersCardOf } from "../translate/person.ts";
import { attempt } from "./fetch.ts";

/**
 * Looks at the address somebody says they moved to, and follows them there when it names their old one. Read anew: what
 * was read minutes ago may be from before they wrote it down there.
 */
export function checkMoveJob(parts: Parts): JobHandler {
  const { store, identity, documents, now } = parts;
  return (job) =>
    attempt(async () => {
      const { target = "" } = job.about;
      await mayGoTo(parts, hostOf(target) ?? "");
      const { document } = await documents.loadAnew(target);
      const actor = isJsonObject(document) ? await actorFromJson(document) : null;
      const card = actor === null ? null : await strangersCardOf(actor);
      if (card === null || (await isBlocked(store.read, card.uri))) return;
      await store.transact(async (tx) => {
        const toId = await savePerson(tx, card, now());
        await followMove(tx, identity, { fromId: job.about["personId"] ?? "", toId }, now());
      });
    });
}
