import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { tellPeople } from "../profile/tell-people.ts";
import { linesOf, movingRow, setMoved } from "./queries.ts";

const MOST = 10;

/** The owner says that an address is theirs as well: people there can be sent here. Throws "too-many-addresses". */
export async function addAlias(tx: Tx, me: Identity, personId: string, now: number): Promise<void> {
  const person = await movingRow(tx, personId);
  if (person === null || person.gone) throw new NodeError("person-not-found", "nobody there");
  if (personId === me.ownerId) throw new NodeError("address-own", "this address is the owner's anyway");
  const before = await aliasesOf(tx, me);
  if (before.includes(person.uri)) return;
  if (before.length >= MOST) throw new NodeError("too-many-addresses", "aliases are full");
  await keep(tx, me, [...before, person.uri], now);
}

export async function removeAlias(tx: Tx, me: Identity, uri: string, now: number): Promise<void> {
  const before = await aliasesOf(tx, me);
  if (!before.includes(uri)) return;
  await keep(
    tx,
    me,
    before.filter((one) => one !== uri),
    now,
  );
}

async function aliasesOf(tx: Tx, me: Identity): Promise<string[]> {
  return linesOf((await movingRow(tx, me.ownerId))?.aliases ?? "");
}

async function keep(tx: Tx, me: Identity, aliases: string[], now: number): Promise<void> {
  await setMoved(tx, me.ownerId, { aliases: aliases.join("\n") });
  await tellPeople(tx, me, now);
}
