import type { ReadClient } from "../../store/tx.ts";
import type { Thing } from "../access.ts";
import { idsIn, readChoice } from "../audiences/choice.ts";
import { quotableOf } from "../quotes/quotable.ts";
import { addresseesOf, type PostRow } from "./queries.ts";
import { reachOf } from "./reach.ts";

type Said = Pick<PostRow, "reach" | "authorId" | "audiences" | "without" | "answerable" | "quotable">;

/** What is asked of access.may about a post; `people`: ids of those it names. */
export function thingIn(row: Said, people: readonly string[]): Thing {
  const reach = reachOf(row.reach);
  return {
    reach,
    people,
    audiences: idsIn(row.audiences),
    without: idsIn(row.without),
    authorId: row.authorId,
    quotable: quotableOf(row.quotable, reach),
    answerable: row.answerable === "" ? null : readChoice(row.answerable),
  };
}

/** The same for a post whose addressees are not at hand. */
export async function thingOf(tx: Pick<ReadClient, "addressee">, row: PostRow): Promise<Thing> {
  const named = await addresseesOf(tx, [row.id]);
  return thingIn(
    row,
    named.map(({ personId }) => personId),
  );
}
