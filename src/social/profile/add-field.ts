import { NodeError } from "../../lib/errors.ts";
import { type Random, randomId } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { type Choice, written } from "../audiences/choice.ts";
import type { Identity } from "../identity/identity.ts";
import { cleanField, type FieldKind, MOST_FIELDS } from "./fields.ts";
import { fieldRows, insertField } from "./queries.ts";
import { assertChoice } from "./seen.ts";
import { tellPeople } from "./tell-people.ts";

export type FieldDraft = { kind: FieldKind; label: string; value: string; seen: Choice };

/** A line more, at the end. Throws "too-many-fields", and as cleanField and assertChoice do. */
export async function addField(
  tx: Tx,
  me: Identity,
  { kind, label, value, seen }: FieldDraft,
  now: number,
  random: Random,
): Promise<string> {
  const rows = await fieldRows(tx);
  if (rows.length >= MOST_FIELDS) throw new NodeError("too-many-fields", "no more lines");
  const clean = cleanField({ kind, label, value });
  await assertChoice(tx, seen);
  const id = randomId(random);
  const place = Math.floor(rows.at(-1)?.place ?? 0) + 1;
  await insertField(tx, { id, kind, ...clean, place, seen: written(seen) });
  await tellPeople(tx, me, now);
  return id;
}
