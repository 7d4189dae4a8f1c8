import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { written } from "../audiences/choice.ts";
import type { Identity } from "../identity/identity.ts";
import type { FieldDraft } from "./add-field.ts";
import { cleanField } from "./fields.ts";
import { fieldRow, updateField } from "./queries.ts";
import { assertChoice } from "./seen.ts";
import { tellPeople } from "./tell-people.ts";

/** Throws "not-found", and as cleanField and assertChoice do. */
export async function changeField(
  tx: Tx,
  me: Identity,
  id: string,
  { kind, label, value, seen }: FieldDraft,
  now: number,
): Promise<void> {
  const before = await fieldRow(tx, id);
  if (before === null) throw new NodeError("not-found", "no such line");
  const after = { kind, ...cleanField({ kind, label, value }), seen: written(seen) };
  await assertChoice(tx, seen);
  const same = (["kind", "label", "value", "seen"] as const).every((key) => before[key] === after[key]);
  if (same) return;
  await updateField(tx, id, after);
  await tellPeople(tx, me, now);
}
