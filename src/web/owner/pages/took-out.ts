import { audience, audiencesOf } from "../../../social/audiences/list.ts";
import { stillHeld } from "../../../social/audiences/take-out.ts";
import { personById } from "../../../social/people/find.ts";
import type { TookOut } from "../../html/took-out.tsx";
import type { Visit } from "../kit.ts";

/** What there is to say about somebody who was taken out; null: they are in it, or nobody is meant. */
export async function tookOut(
  { acting }: Pick<Visit, "acting">,
  audienceId: string,
  personId: string,
): Promise<TookOut | null> {
  if (audienceId === "" || personId === "") return null;
  const { read, me } = acting;
  const [one, person] = [await audience(read, audienceId), await personById(read, personId)];
  if (one === null || person === null || (await audiencesOf(read, personId)).includes(one.id)) return null;
  return { audience: one, person, held: (await stillHeld(read, me, personId)).length };
}
