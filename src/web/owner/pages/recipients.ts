import { NodeError } from "../../../lib/errors.ts";
import type { Page } from "../../../lib/page.ts";
import { type Circle, listPeople } from "../../../social/people/list.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { audienceOf } from "../../../social/posts/audience.ts";
import { recipientsOf } from "../../../social/posts/recipients.ts";
import { wordsOf } from "../../../social/posts/words.ts";
import { subscriberIds } from "../../../social/subscriptions/queries.ts";
import type { Typed } from "../../html/compose.tsx";
import type { OwnerActing } from "../../ports.ts";

const A_PAGE = 80;
/** Boxes to tick; more cannot be looked over. */
const MOST_CHOICES = 200;

/** People a post can be for: who subscribes, then whom the owner subscribes to; and those ticked already. */
export async function choices(acting: OwnerActing): Promise<{ people: PersonView[]; subscribers: number }> {
  const known = new Map<string, PersonView>();
  for (const circle of ["subscribers", "subscribed"] as const) {
    for (const person of await some(acting, circle, MOST_CHOICES - known.size)) {
      if (!person.blocked && !person.gone) known.set(person.id, person);
    }
  }
  const subscribers = (await subscriberIds(acting.read, acting.me.ownerId)).length;
  return { people: [...known.values()], subscribers };
}

async function some({ read }: OwnerActing, circle: Circle, most: number): Promise<PersonView[]> {
  const found: PersonView[] = [];
  for (let page: Page | null = { limit: A_PAGE }; page !== null && found.length < most; ) {
    const { items, older } = await listPeople(read, circle, page);
    found.push(...items);
    page = older === null ? null : { before: older, limit: A_PAGE };
  }
  return found.slice(0, most);
}

/** Ids of those a post would go to as it stands in the form: who is named in the text counts too. */
export async function recipients(
  acting: OwnerActing,
  typed: Pick<Typed, "reach" | "to" | "text">,
): Promise<string[]> {
  const to = typed.reach === "chosen" ? typed.to : [];
  const { reach, text } = typed;
  try {
    const getting = await acting.transact(async (tx) => {
      const words = text.trim() === "" ? null : await wordsOf(tx, text, "");
      const mentioned = words?.mentionedIds ?? [];
      const audience = await audienceOf(tx, acting.me, { reach, to, mentioned, answered: null });
      return recipientsOf(tx, acting.me, audience, audience.addressed);
    });
    return getting.map(({ id }) => id);
  } catch (error) {
    // Nobody ticked yet, or too long: that is said when it is posted.
    if (error instanceof NodeError) return to;
    throw error;
  }
}
