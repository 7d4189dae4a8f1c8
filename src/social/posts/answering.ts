import { means, readChoice, SUBSCRIBERS } from "../audiences/choice.ts";
import type { PostRow } from "./queries.ts";

/** Whether the author of a post takes the owner's answer to it, as far as they said. `subscribed`: the owner to them. */
export function takesAnswer(
  row: Pick<PostRow, "own" | "answerable">,
  ownerId: string,
  subscribed: boolean,
): boolean {
  if (row.own || row.answerable === "") return true;
  const within = new Set(subscribed ? [SUBSCRIBERS] : []);
  return means(readChoice(row.answerable), { personId: ownerId, in: within });
}
