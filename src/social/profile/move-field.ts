import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { fieldRows, setPlace } from "./queries.ts";
import { tellPeople } from "./tell-people.ts";

/** One place up or down; at the end of the list nothing happens. Throws "not-found". */
export async function moveField(
  tx: Tx,
  me: Identity,
  id: string,
  way: "up" | "down",
  now: number,
): Promise<void> {
  const rows = await fieldRows(tx);
  const at = rows.findIndex((row) => row.id === id);
  if (at < 0) throw new NodeError("not-found", "no such line");
  const places = rows.map(({ place }) => place);
  const place =
    way === "up" ? between(places[at - 2], places[at - 1]) : between(places[at + 1], places[at + 2]);
  if (place === null) return;
  // One row is written, so that two devices can move different lines; halves run out after some fifty moves in one spot.
  if (places.includes(place)) await renumber(tx, rows, at, way);
  else await setPlace(tx, id, place);
  await tellPeople(tx, me, now);
}

/** null: there is nobody to change places with. */
function between(one: number | undefined, other: number | undefined): number | null {
  if (one === undefined && other === undefined) return null;
  if (one === undefined) return (other ?? 0) - 1;
  return other === undefined ? one + 1 : (one + other) / 2;
}

async function renumber(tx: Tx, rows: { id: string }[], at: number, way: "up" | "down"): Promise<void> {
  const ids = rows.map(({ id }) => id);
  const [moved = ""] = ids.splice(at, 1);
  ids.splice(way === "up" ? at - 1 : at + 1, 0, moved);
  for (const [place, id] of ids.entries()) await setPlace(tx, id, place);
}
