import { NodeError } from "../../../lib/errors.ts";
import type { Page } from "../../../lib/page.ts";
import type { Choice } from "../../../social/audiences/choice.ts";
import { audiences } from "../../../social/audiences/list.ts";
import { friendIds } from "../../../social/audiences/queries.ts";
import { elsewhereAmong } from "../../../social/people/among-queries.ts";
import { type Circle, listPeople } from "../../../social/people/list.ts";
import { peopleByIds } from "../../../social/people/queries.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { audienceOf } from "../../../social/posts/audience.ts";
import { isOpen } from "../../../social/posts/reach.ts";
import { meantBy } from "../../../social/posts/recipients.ts";
import { wordsOf } from "../../../social/posts/words.ts";
import { closePeople } from "../../../social/profile/close-people.ts";
import { subscriberIds } from "../../../social/subscriptions/queries.ts";
import { type Going, nobodyYet } from "../../html/audience-picker.tsx";
import type { Around } from "../../html/choice-fields.tsx";
import type { OwnerActing } from "../../ports.ts";
import { asMeant } from "./read-choice.ts";

const A_PAGE = 80;
/** By name; the others are counted. */
const NAMED = 3;
/** Names to choose from; more cannot be looked over. */
const MOST_CHOICES = 200;

/** Whom something can be for: friends and who is in an audience, who subscribes, then whom the owner subscribes to; and `also` these, chosen already. */
export async function choices(acting: OwnerActing, also: readonly string[] = []): Promise<Around> {
  const { read, me } = acting;
  const known = await peopleByIds(read, me.ownerId, [...also]);
  const offer = (people: readonly PersonView[]) => {
    for (const person of people) if (!person.blocked && !person.gone) known.set(person.id, person);
  };
  offer(await closePeople(read, me));
  for (const circle of ["subscribers", "subscribed"] as const) {
    offer(await some(acting, circle, MOST_CHOICES - known.size));
  }
  const subscribers = (await subscriberIds(read, me.ownerId)).length;
  const friends = (await friendIds(read)).length;
  return { audiences: await audiences(read), people: [...known.values()], friends, subscribers };
}

async function some({ read }: OwnerActing, circle: Circle, most: number): Promise<PersonView[]> {
  const found: PersonView[] = [];
  for (let page: Page | null = { limit: A_PAGE }; page !== null && found.length < most; ) {
    const { items, older } = await listPeople(read, circle, page);
    found.push(...items);
    page = older === null ? null : { before: older, limit: A_PAGE };
  }
  return found.slice(0, Math.max(0, most));
}

/** Everybody that choices and their forms may have to name. */
export function chosenIds(...all: readonly Choice[]): string[] {
  return all.flatMap(({ people, without }) => [...people, ...without]).filter((id) => id.length === 32);
}

/** Whom a post would go to as it stands in the form: who is named in the text counts too. */
export async function reckoned(acting: OwnerActing, typed: Choice, text: string): Promise<Going> {
  const going = await recipients(acting, typed, text);
  if (going.length === 0) return nobodyYet;
  const { read, me } = acting;
  const ids = await elsewhereAmong(read, going);
  const some = await peopleByIds(read, me.ownerId, ids.slice(0, NAMED));
  const names = [...some.values()].map(({ name }) => name);
  return { going, elsewhere: { names, more: ids.length - names.length } };
}

async function recipients(acting: OwnerActing, typed: Choice, text: string): Promise<string[]> {
  const { reach, people: to, audiences: within, without } = asMeant(typed);
  if (isOpen(reach) || reach === "me") return [];
  try {
    const meant = await acting.transact(async (tx) => {
      const words = text.trim() === "" ? null : await wordsOf(tx, text, "");
      const mentioned = words?.mentionedIds ?? [];
      const wanted = { reach, to, audiences: within, without, mentioned, answered: null };
      const audience = await audienceOf(tx, acting.me, wanted);
      return meantBy(tx, acting.me, audience, audience.addressed);
    });
    return meant.map(({ id }) => id);
  } catch (error) {
    // Nobody ticked yet, or too long: that is said when it is posted.
    if (error instanceof NodeError) return [];
    throw error;
  }
}
