import type { Tx } from "../../store/tx.ts";
import { type Choice, written } from "../audiences/choice.ts";
import type { Identity } from "../identity/identity.ts";
import { changeSetting, setting } from "../settings/settings.ts";
import { type Part, seenKey } from "./parts.ts";
import { assertChoice } from "./seen.ts";
import { tellPeople } from "./tell-people.ts";

/** Who gets a part of the profile from now on. Throws as assertChoice does. */
export async function changeSeen(
  tx: Tx,
  me: Identity,
  part: Part,
  choice: Choice,
  now: number,
): Promise<void> {
  await assertChoice(tx, choice);
  const column = written(choice);
  if ((await setting(tx, seenKey(part), "")) === column) return;
  await changeSetting(tx, seenKey(part), column);
  await tellPeople(tx, me, now);
}
