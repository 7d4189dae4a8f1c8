import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanName } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { send } from "../send.ts";
import { changeSetting } from "../settings/settings.ts";
import { AUTO_SETTING } from "../subscriptions/receive-request.ts";
import { subscriberIds } from "../subscriptions/queries.ts";
import { profile } from "./profile.ts";
import { updateOwnRow } from "./queries.ts";

export const LONGEST_ABOUT = 2_000;

export type ProfileChange = { name?: string; about?: string; pictureId?: string; requestsAuto?: boolean };

/** Changes what people see of the owner; subscribers' devices are told. Throws "name-empty", "text-too-long". */
export async function changeProfile(tx: Tx, me: Identity, change: ProfileChange, now: number): Promise<void> {
  const name = change.name === undefined ? undefined : cleanName(change.name);
  if (name === "") throw new NodeError("name-empty", "no name");
  if ([...(change.about ?? "")].length > LONGEST_ABOUT) throw new NodeError("text-too-long", "about too long");
  if (name !== undefined) await changeSetting(tx, "profile.name", name);
  if (change.about !== undefined) await changeSetting(tx, "profile.about", change.about.trim());
  if (change.pictureId !== undefined) await changeSetting(tx, "profile.picture", change.pictureId);
  if (change.requestsAuto !== undefined) await changeSetting(tx, AUTO_SETTING, change.requestsAuto ? "yes" : "no");
  const shown = await profile(tx, me);
  const pictureUrl = shown.pictureId === "" ? "" : `${me.origin}/media/${shown.pictureId}`;
  await updateOwnRow(tx, me.ownerId, { name: shown.name, aboutHtml: shown.aboutHtml, pictureUrl, approves: !shown.requestsAuto });
  for (const { id, host } of await subscriberIds(tx, me.ownerId)) {
    await send(tx, host, { kind: "profile", about: { personId: id } }, now);
  }
}
