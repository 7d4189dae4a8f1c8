import { idOf, sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanName, sanitizeHtml } from "../html.ts";
import type { PersonCard } from "./person.ts";
import { upsertPerson } from "./queries.ts";

/** Keeps what a person says of themselves, made safe; returns their id. */
export async function savePerson(tx: Tx, card: PersonCard, now: number): Promise<string> {
  const id = idOf(card.uri);
  const safe = { ...card, name: cleanName(card.name), aboutHtml: sanitizeHtml(card.aboutHtml) };
  await upsertPerson(tx, id, sortKeyOf(now, id), safe, now);
  return id;
}
