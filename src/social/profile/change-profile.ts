import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanName } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { markDropped } from "../media/queries.ts";
import { changeSetting } from "../settings/settings.ts";
import { AUTO_SETTING } from "../subscriptions/receive-request.ts";
import { profile } from "./profile.ts";
import { updateOwnRow } from "./queries.ts";
import { tellPeople } from "./tell-people.ts";

export const LONGEST_ABOUT = 2_000;

export type ProfileChange = {
  name?: string;
  about?: string;
  pictureId?: string;
  bannerId?: string;
  requestsAuto?: boolean;
};

/** Changes what people see of the owner; devices of subscribers and friends are told. Throws "name-empty", "text-too-long". */
export async function changeProfile(tx: Tx, me: Identity, change: ProfileChange, now: number): Promise<void> {
  const name = change.name === undefined ? undefined : cleanName(change.name);
  if (name === "") throw new NodeError("name-empty", "no name");
  const about = change.about?.replaceAll("\r\n", "\n").trim();
  if (about !== undefined && [...about].length > LONGEST_ABOUT) {
    throw new NodeError("text-too-long", "about too long");
  }
  const before = await profile(tx, me);
  if (name !== undefined) await changeSetting(tx, "profile.name", name);
  if (about !== undefined) await changeSetting(tx, "profile.about", about);
  await changeMedia(tx, "profile.picture", before.pictureId, change.pictureId);
  await changeMedia(tx, "profile.banner", before.bannerId, change.bannerId);
  if (change.requestsAuto !== undefined) {
    await changeSetting(tx, AUTO_SETTING, change.requestsAuto ? "yes" : "no");
  }
  const after = await profile(tx, me);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  await updateOwnRow(tx, me.ownerId, {
    name: after.name,
    aboutHtml: after.aboutHtml,
    pictureUrl: after.pictureId === "" ? "" : `${me.origin}/media/${after.pictureId}`,
    approves: !after.requestsAuto,
  });
  await tellPeople(tx, me, now);
}

/** What was there before goes from the disk. */
async function changeMedia(tx: Tx, key: string, before: string, after: string | undefined): Promise<void> {
  if (after === undefined || after === before) return;
  await changeSetting(tx, key, after);
  await markDropped(tx, [before]);
}
