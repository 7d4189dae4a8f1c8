import type { Page, Paged } from "../../lib/page.ts";
import { bounded, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleByIds } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import { boostedPeople, reactedPeople } from "./queries.ts";

export type Did = "like" | "boost" | "reaction";
/** `emoji`: "" but for a reaction. */
export type Doer = { person: PersonView; emoji: string };

/** Who did something with a post, as far as it is known here. */
export async function whoDid(
  read: ReadClient,
  me: Identity,
  what: { postId: string; did: Did },
  asked: Page,
): Promise<Paged<Doer>> {
  const page = bounded(asked);
  const { postId, did } = what;
  const rows =
    did === "boost"
      ? (await boostedPeople(read, { postId, page })).map((row) => ({ ...row, emoji: "" }))
      : await reactedPeople(read, { postId, emoji: did === "like" ? "" : null, page });
  const { items, older, newer } = pagedOf(rows, page);
  const people = await peopleByIds(
    read,
    me.ownerId,
    items.map(({ personId }) => personId),
  );
  const doers = items.flatMap(({ personId, emoji }): Doer[] => {
    const person = people.get(personId);
    return person === undefined || person.blocked ? [] : [{ person, emoji }];
  });
  return { items: doers, older, newer };
}
