import type { ReadClient } from "../../store/tx.ts";
import { may, type Viewer } from "../access.ts";
import type { Identity } from "../identity/identity.ts";
import { addresseesOf, postRowsWhere } from "../posts/queries.ts";
import { thingIn } from "../posts/thing.ts";
import { theOwner } from "../viewer.ts";
import { cardFor } from "./card.ts";
import type { Part } from "./parts.ts";

const LOOKED_AT = 20;

/** What somebody does not get. `of`: how many of the owner's last posts were looked at. */
export type Hidden = { parts: Part[]; lines: string[]; posts: number; of: number };

export async function hiddenFrom(read: ReadClient, me: Identity, viewer: Viewer): Promise<Hidden> {
  const [all, card] = [await cardFor(read, me, theOwner), await cardFor(read, me, viewer)];
  const shown = new Set(card.fields.map(({ id }) => id));
  const parts: Part[] = [];
  if (card.name !== all.name) parts.push("name");
  if (card.pictureId !== all.pictureId) parts.push("picture");
  if (card.bannerId !== all.bannerId) parts.push("banner");
  if (card.aboutHtml !== all.aboutHtml) parts.push("about");
  if (card.friends.length !== all.friends.length) parts.push("friends");
  const where = { authorId: me.ownerId, boostOfId: "" };
  const rows = (await postRowsWhere(read, where, { limit: LOOKED_AT })).slice(0, LOOKED_AT);
  const ids = rows.map(({ id }) => id);
  const named = Map.groupBy(await addresseesOf(read, ids), ({ postId }) => postId);
  const people = (id: string) => (named.get(id) ?? []).map(({ personId }) => personId);
  return {
    parts,
    lines: all.fields.filter(({ id }) => !shown.has(id)).map(({ label }) => label),
    posts: rows.filter((row) => !may(viewer, "see", thingIn(row, people(row.id)))).length,
    of: rows.length,
  };
}
