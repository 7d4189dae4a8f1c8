import { idOf, sortKeyOf } from "../../lib/ids.ts";
import { isOnion } from "../../lib/onion-name.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanAddress, cleanLine, cleanName, sanitizeHtml } from "../html.ts";
import { ownerIdOf } from "../identity/load-identity.ts";
import { cleanPersonFields, type PersonFieldCard } from "../profile/fields.ts";
import { personFieldRows, replacePersonFields } from "../profile/queries.ts";
import { forgetFace, planFace } from "./face.ts";
import type { PersonCard } from "./person.ts";
import { isCloseId, personFacts, touchPerson, upsertPerson } from "./queries.ts";

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
  const before = await personFacts(tx, id);
  const { fields, shownTo, ...said } = card;
  const isLess = shownTo === "strangers" && before !== null && (await showsMore(tx, before));
  const facts = isLess ? { ...safe(said), ...shownIn(before) } : safe(said);
  if (before === null || before.gone || !isSame(before, facts)) {
    await upsertPerson(tx, id, sortKeyOf(now, id), facts, now);
    if (before?.pictureUrl !== facts.pictureUrl) {
      await forgetFace(tx, id, before?.pictureId ?? "");
      await planFace(tx, id, now);
    }
  } else if (now - before.fetchedAt.getTime() > FRESH) await touchPerson(tx, id, now);
  if (fields !== undefined && !isLess) await keepFields(tx, id, fields);
  return id;
}

type Facts = Omit<PersonCard, "fields" | "shownTo">;
type Before = NonNullable<Awaited<ReturnType<typeof personFacts>>>;

/** Whoever the owner is close to may show them more than what anybody can read: that is not forgotten for it. */
async function showsMore(tx: Tx, { id, gone, host }: Before): Promise<boolean> {
  return !gone && isOnion(host) && (await isCloseId(tx, await ownerIdOf(tx), id));
}

function shownIn({ name, aboutHtml, pictureUrl }: Before) {
  return { name, aboutHtml, pictureUrl };
}

function safe(card: Facts): Facts {
  return {
    ...card,
    handle: cleanLine(card.handle, LONGEST_HANDLE).replace(/[^\p{L}\p{N}_.-]/gu, ""),
    name: cleanName(card.name),
    aboutHtml: sanitizeHtml(card.aboutHtml),
    url: cleanAddress(card.url),
    pictureUrl: cleanAddress(card.pictureUrl),
  };
}

function isSame(before: Before, now: Facts): boolean {
  return (Object.keys(now) as (keyof Facts)[]).every((key) => before[key] === now[key]);
}

/** All of them at once: what is not said any more is gone. */
async function keepFields(tx: Tx, personId: string, said: readonly PersonFieldCard[]): Promise<void> {
  const fields = cleanPersonFields(said, sanitizeHtml);
  const before = await personFieldRows(tx, personId);
  const isAsBefore =
    before.length === fields.length &&
    before.every(({ label, html }, at) => label === fields[at]?.label && html === fields[at]?.html);
  if (!isAsBefore) await replacePersonFields(tx, personId, fields);
}
