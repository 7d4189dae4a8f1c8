import type { Page, Paged } from "../../lib/page.ts";
import { bounded, orderOf, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { pageWhere, peopleWhere } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import { MOST_WAITING } from "./gate.ts";
import { askedAt, countWaiting, knocksOf, waitingWhere } from "./queries.ts";

/**
 * Somebody at the gate. `asks`: to subscribe. `offers`: to be friends, with these words; null: does not. `words`: what they
 * wrote, "" for nothing. `since`: milliseconds.
 */
export type WaitingView = {
  sortKey: string;
  person: PersonView;
  asks: boolean;
  offers: string | null;
  wrote: boolean;
  words: string;
  since: number;
};

export async function listWaiting(
  read: ReadClient,
  me: Identity,
  asked: Page,
  who: { personId?: string; wrote?: boolean } = {},
): Promise<Paged<WaitingView>> {
  const page = bounded(asked);
  const where = {
    AND: [
      waitingWhere(me.ownerId),
      pageWhere(page),
      who.personId === undefined ? {} : { id: who.personId },
      who.wrote === true ? { knocks: { some: { kind: "post" } } } : {},
    ],
  };
  const people = await peopleWhere(read, me.ownerId, where, page.limit + 1, orderOf(page));
  const ids = people.map(({ id }) => id);
  const asking = await askedAt(read, me.ownerId, ids);
  const knocks = new Map((await knocksOf(read, ids)).map((knock) => [knock.personId, knock]));
  const views = people.map((person): WaitingView => {
    const knock = knocks.get(person.id);
    const offer = person.friend?.state === "offered" ? person.friend : undefined;
    const times = [asking.get(person.id), offer?.at, knock?.at.getTime()].filter((at) => at !== undefined);
    return {
      sortKey: person.sortKey,
      person,
      asks: asking.has(person.id),
      offers: offer?.words ?? null,
      wrote: knock !== undefined,
      words: knock?.words ?? "",
      since: Math.min(...times),
    };
  });
  return pagedOf(views, page);
}

export async function waitingCount(
  read: ReadClient,
  me: Identity,
): Promise<{ people: number; full: boolean }> {
  const people = await countWaiting(read, me.ownerId, MOST_WAITING);
  return { people, full: people >= MOST_WAITING };
}
