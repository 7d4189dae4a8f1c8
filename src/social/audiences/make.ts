import { NodeError } from "../../lib/errors.ts";
import { type Random, randomId } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { cleanLine } from "../html.ts";
import { LONGEST_AUDIENCE, MOST_AUDIENCES } from "./audience.ts";
import { audienceRow, audienceRows, insertAudience, renameAudience } from "./queries.ts";

/** Makes an empty audience; returns its id. Throws "name-empty", "audience-named" (there is one), "too-many-audiences". */
export async function makeAudience(tx: Tx, name: string, now: number, random: Random): Promise<string> {
  const id = randomId(random);
  const clean = await freeName(tx, name, id);
  if ((await audienceRows(tx)).length >= MOST_AUDIENCES) {
    throw new NodeError("too-many-audiences", "as many as there may be");
  }
  await insertAudience(tx, id, clean, now);
  return id;
}

/** Nobody but the owner knows the name, so nobody is told. Throws "audience-not-found" and what makeAudience throws. */
export async function rename(tx: Tx, id: string, name: string): Promise<void> {
  if ((await audienceRow(tx, id)) === null) throw new NodeError("audience-not-found", "no such audience");
  await renameAudience(tx, id, await freeName(tx, name, id));
}

async function freeName(read: ReadClient, name: string, id: string): Promise<string> {
  const clean = cleanLine(name, LONGEST_AUDIENCE);
  if (clean === "") throw new NodeError("name-empty", "an audience without a name");
  const folded = clean.toLowerCase();
  const taken = (await audienceRows(read)).some((row) => row.id !== id && row.name.toLowerCase() === folded);
  if (taken) throw new NodeError("audience-named", "there is one of this name");
  return clean;
}
