import { NodeError } from "../../lib/errors.ts";
import { idOf, type Random, randomId, sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanLine } from "../html.ts";
import { guestUri, hashOfSecret, LONGEST_GUEST_NAME, MOST_GUESTS, SECRET_BYTES } from "./guest.ts";
import { guestRow, insertGuest, liveGuests, setLink, setName } from "./queries.ts";

/**
 * Somebody who has no node reads by a secret link of their own. They are a person here, in audiences like any other,
 * and nobody to anybody else. Returns the secret: it can be read nowhere afterwards. Throws "name-empty", "too-many-guests".
 */
export async function makeGuest(
  tx: Tx,
  name: string,
  now: number,
  random: Random,
): Promise<{ id: string; secret: string }> {
  const clean = nameOf(name);
  await assertRoom(tx);
  const uri = guestUri(randomId(random));
  const id = idOf(uri);
  const secret = newSecret(random);
  const hash = hashOfSecret(secret);
  await insertGuest(tx, { id, uri, sortKey: sortKeyOf(now, id), name: clean, hash }, now);
  return { id, secret };
}

/** Throws "person-not-found", "name-empty". */
export async function renameGuest(tx: Tx, id: string, name: string): Promise<void> {
  await assertGuest(tx, id);
  await setName(tx, id, nameOf(name));
}

/** Another secret; the one before, and whoever reads by it, is out at once. Also for a guest whose link was ended. */
export async function renewLink(tx: Tx, id: string, random: Random): Promise<string> {
  const { endedAt } = await assertGuest(tx, id);
  if (endedAt.getTime() > 0) await assertRoom(tx);
  const secret = newSecret(random);
  await setLink(tx, id, hashOfSecret(secret));
  return secret;
}

export async function assertGuest(tx: Tx, id: string) {
  const row = await guestRow(tx, id);
  if (row === null) throw new NodeError("person-not-found", "no such guest");
  return row;
}

async function assertRoom(tx: Tx): Promise<void> {
  if ((await liveGuests(tx)) >= MOST_GUESTS)
    throw new NodeError("too-many-guests", "as many as there may be");
}

const newSecret = (random: Random) => random(SECRET_BYTES).toString("hex");

function nameOf(name: string): string {
  const clean = cleanLine(name, LONGEST_GUEST_NAME);
  if (clean === "") throw new NodeError("name-empty", "a guest without a name");
  return clean;
}
