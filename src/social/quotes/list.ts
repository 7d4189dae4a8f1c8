import { idOf } from "../../lib/ids.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleByIds } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import type { PostView } from "../posts/view.ts";
import { postsByIds } from "../posts/views.ts";
import { stampFor, stampsOf } from "./queries.ts";

/** Somebody who quotes an own post, or asks to. `post`: null when it is not here. */
export type QuoteOfOwn = {
  id: string;
  state: "asked" | "granted";
  person: PersonView;
  quotingUri: string;
  post: PostView | null;
  at: number;
};

const A_PAGE = 20;
const MOST_PAGES = 100;

/** Who asks comes first. `page`: from 0. */
export async function quotesOfOwn(
  read: ReadClient,
  me: Identity,
  postId: string,
  page = 0,
): Promise<{ items: QuoteOfOwn[]; more: boolean }> {
  const skip = Math.min(Math.max(0, Math.trunc(page)), MOST_PAGES) * A_PAGE;
  const rows = await stampsOf(read, postId, { skip, limit: A_PAGE });
  const some = rows.slice(0, A_PAGE);
  const people = await peopleByIds(
    read,
    me.ownerId,
    some.map(({ personId }) => personId),
  );
  const posts = await postsByIds(
    read,
    me,
    some.map(({ quotingUri }) => idOf(quotingUri)),
  );
  const items = some.flatMap(({ id, state, personId, quotingUri, at }): QuoteOfOwn[] => {
    const person = people.get(personId);
    if (person === undefined) return [];
    const post = posts.get(idOf(quotingUri)) ?? null;
    const known = state === "granted" ? "granted" : "asked";
    return [{ id, state: known, person, quotingUri, post, at: at.getTime() }];
  });
  return { items, more: rows.length > A_PAGE };
}

/** Id of the leave that this post quotes the own one by; null: there is none. */
export async function grantedFor(
  read: ReadClient,
  postId: string,
  quotingUri: string,
): Promise<string | null> {
  const stamp = await stampFor(read, { postId, quotingUri });
  return stamp?.state === "granted" ? stamp.id : null;
}
