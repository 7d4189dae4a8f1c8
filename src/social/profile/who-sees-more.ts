import type { ReadClient } from "../../store/tx.ts";
import type { Choice } from "../audiences/choice.ts";
import type { Identity } from "../identity/identity.ts";
import { isOpen } from "../posts/reach.ts";
import { ownFields } from "./own-fields.ts";
import { seenParts } from "./parts.ts";
import { profile } from "./profile.ts";
import { tiedIds } from "./queries.ts";

/** Ids of people who may get another profile than a stranger does; nobody, while all that it says is for everyone. */
export async function whoSeesMore(read: ReadClient, me: Identity): Promise<ReadonlySet<string>> {
  const [seen, { bannerId }] = [await seenParts(read), await profile(read, me)];
  const choices: Choice[] = [seen.name, seen.picture, seen.about, ...(bannerId === "" ? [] : [seen.banner])];
  for (const field of await ownFields(read)) choices.push(field.seen);
  const narrow = choices.filter(({ reach }) => !isOpen(reach) && reach !== "me");
  if (narrow.length === 0) return new Set();
  return new Set([...(await tiedIds(read, me.ownerId)), ...narrow.flatMap(({ people }) => people)]);
}
