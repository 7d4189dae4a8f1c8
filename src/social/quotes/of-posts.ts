import type { ReadClient } from "../../store/tx.ts";
import { may, type Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleByIds } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import { addresseesOf, type PostRow, postRowsByIds } from "../posts/queries.ts";
import { thingIn } from "../posts/thing.ts";
import type { QuotedPost, QuoteView } from "./view.ts";

/** What each of these posts quotes, as this viewer may see it: three queries for a page of posts. */
export async function quotesOf(
  read: ReadClient,
  me: Identity,
  rows: PostRow[],
  viewer: Viewer,
): Promise<Map<string, QuoteView>> {
  const quoting = rows.filter(({ quoteOfId }) => quoteOfId !== "");
  if (quoting.length === 0) return new Map();
  const quoted = await postRowsByIds(read, [...new Set(quoting.map(({ quoteOfId }) => quoteOfId))]);
  const ids = quoted.map(({ id }) => id);
  const addressees = Map.groupBy(await addresseesOf(read, ids), ({ postId }) => postId);
  const people = await peopleByIds(
    read,
    me.ownerId,
    quoted.map(({ authorId }) => authorId),
  );
  const byId = new Map(quoted.map((row) => [row.id, row]));
  const cardOf = (row: PostRow): QuotedPost | null => {
    const author = people.get(row.authorId);
    if (author === undefined || author.blocked) return null;
    const named = (addressees.get(row.id) ?? []).map(({ personId }) => personId);
    return may(viewer, "see", thingIn(row, named)) ? cardIn(row, author) : null;
  };
  return new Map(
    quoting.map((row): [string, QuoteView] => {
      const of = byId.get(row.quoteOfId);
      const by = of === undefined ? null : (people.get(of.authorId) ?? null);
      const state = stateOf(row.quoteState);
      const isShown = state === "approved" || (row.own && viewer.kind === "owner");
      return [
        row.id,
        { state, uri: row.quoteOfUri, by, post: isShown && of !== undefined ? cardOf(of) : null },
      ];
    }),
  );
}

function stateOf(text: string): QuoteView["state"] {
  return text === "approved" || text === "refused" ? text : "waiting";
}

function cardIn(row: PostRow, author: PersonView): QuotedPost {
  const { id, sortKey, uri, url, kind, html, title, warning, language, own } = row;
  const publishedAt = row.publishedAt.getTime();
  return { id, sortKey, uri, url, author, kind, html, title, warning, language, publishedAt, own };
}
