import { audiences } from "../../social/audiences/list.ts";
import { peopleByIds } from "../../social/people/queries.ts";
import { closePeople } from "../../social/profile/close-people.ts";
import type { Picks } from "../html/choice-field.tsx";
import type { OwnerActing } from "../ports.ts";
import { choices } from "./pages/recipients.ts";

/** From whom the owner picks who sees something: friends, who is in an audience, and who can get a post. */
export async function picksOf(acting: OwnerActing, besides: string[] = []): Promise<Picks> {
  const { read, me } = acting;
  const people = [...(await closePeople(read, me)), ...(await choices(acting)).people];
  if (besides.length > 0) people.push(...(await peopleByIds(read, me.ownerId, besides)).values());
  const known = new Map(people.map((person) => [person.id, person]));
  return { audiences: await audiences(read), people: [...known.values()] };
}
