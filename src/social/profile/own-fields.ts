import type { ReadClient } from "../../store/tx.ts";
import { readChoice } from "../audiences/choice.ts";
import { isFieldKind, type ProfileField } from "./fields.ts";
import { fieldRows } from "./queries.ts";

/** All lines, in their order. */
export async function ownFields(read: ReadClient): Promise<ProfileField[]> {
  const rows = await fieldRows(read);
  return rows.map(({ id, kind, label, value, seen }) => ({
    ...{ id, label, value },
    kind: isFieldKind(kind) ? kind : "text",
    seen: readChoice(seen),
  }));
}
