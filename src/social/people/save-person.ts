import { idOf, sortKeyOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanAddress, cleanLine, cleanName, sanitizeHtml } from "../html.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { forgetFace, planFace } from "./face.ts";
import type { PersonCard } from "./person.ts";
import { personFacts, touchPerson, upsertPerson } from "./queries.ts";

const LONGEST_HANDLE = 100;
/** The same card again within this time writes nothing: most contacts tell nothing new. */
const FRESH = 60 * 60_000;

/** Keeps what a person elsewhere says of themselves, made safe; returns their id. Nobody speaks for the owner. */
export async function savePerson(tx: Tx, card: PersonCard, now: number): Promise<string> {
  const id = idOf(card.uri);
  return id === (await ownerIdOf(tx)) ? id : keepPerson(tx, card, now);
}

/** As savePerson, for anybody. */
export async function keepPerson(tx: Tx, card: PersonCard, now: number): Promise<string> {
  const id = idOf(card.uri);
  const facts = safe(card);
  const before = await personFacts(tx, id);
  if (before === null || before.gone || !isSame(before, facts)) {
    await upsertPerson(tx, id, sortKeyOf(now, id), facts, now);
    if (before?.pictureUrl !== facts.pictureUrl) {
      await forgetFace(tx, id, before?.pictureId ?? "");
      await planFace(tx, id, now);
    }
  } else if (now - before.fetchedAt.getTime() > FRESH) await touchPerson(tx, id, now);
  return id;
}

function safe(card: PersonCard): PersonCard {
  return {
    ...card,
    handle: cleanLine(card.handle, LONGEST_HANDLE).replace(/[^\p{L}\p{N}_.-]/gu, ""),
    name: cleanName(card.name),
    aboutHtml: sanitizeHtml(card.aboutHtml),
    url: cleanAddress(card.url),
    pictureUrl: cleanAddress(card.pictureUrl),
  };
}

function isSame(before: PersonCard, now: PersonCard): boolean {
  return (Object.keys(now) as (keyof PersonCard)[]).every((key) => before[key] === now[key]);
}
