import type { ReadClient } from "../../store/tx.ts";
import { may } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { viewerOf } from "../viewer.ts";
import { postRow } from "./queries.ts";
import { thingOf } from "./thing.ts";

/** Whether somebody may answer an own post. "unseen": for them there is none. */
export async function mayAnswer(
  read: ReadClient,
  me: Pick<Identity, "ownerId">,
  postId: string,
  personId: string,
): Promise<"yes" | "no" | "unseen"> {
  const row = await postRow(read, postId);
  if (row?.own !== true || row.boostOfId !== "") return "unseen";
  const [viewer, thing] = [await viewerOf(read, me.ownerId, personId), await thingOf(read, row)];
  if (!may(viewer, "see", thing)) return "unseen";
  return may(viewer, "reply", thing) ? "yes" : "no";
}
