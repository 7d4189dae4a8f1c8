import { Person } from "@fedify/fedify/vocab";
import type { PersonCard } from "../../social/people/person.ts";
import type { JobHandler } from "../../store/jobs.ts";
import { isJsonObject } from "../json-guard.ts";
import type { Parts } from "../parts.ts";
import { forgetKnock, isBlocked, knockLetIn } from "../queries.ts";
import { activityFromJson } from "../translate/read.ts";
import { dispatch } from "./dispatch.ts";

/**
 * The owner let somebody in: what they wrote is taken up as if it arrived now. Who signed it was verified when it came,
 * and it was kept in a store that only this node writes.
 */
export function letInJob(parts: Parts): JobHandler {
  return async (job) => {
    const personId = job.about["personId"] ?? "";
    const knock = await knockLetIn(parts.store.read, personId);
    if (knock === null) return "done";
    const json: unknown = JSON.parse(knock.activity);
    const activity = isJsonObject(json) ? await activityFromJson(json) : null;
    const { identity: me, at } = parts;
    await parts.turn();
    return {
      done: async (tx) => {
        await forgetKnock(tx, personId);
        if (activity === null || !isJsonObject(json) || (await isBlocked(tx, knock.person.uri))) return;
        const sender = cardOfRow(knock.person);
        const actor = new Person({ id: new URL(sender.uri) });
        const verdict = await dispatch(tx, {
          ...{ activity, actor, sender, json, me, at },
          now: parts.now(),
        });
        parts.log.debug("what waited at the gate was taken up", { accepted: verdict === "accepted" });
      },
    };
  };
}

type Row = NonNullable<Awaited<ReturnType<typeof knockLetIn>>>["person"];

function cardOfRow(row: Row): PersonCard {
  const { uri, handle, host, name, aboutHtml, url, inbox, sharedInbox } = row;
  const { followersUri, outboxUri, featuredUri, pictureUrl, approves, automated } = row;
  return {
    ...{ uri, handle, host, name, aboutHtml, url, inbox, sharedInbox },
    ...{ followersUri, outboxUri, featuredUri, pictureUrl, approves, automated },
  };
}
