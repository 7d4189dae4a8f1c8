import { NodeError } from "../../lib/errors.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { may, type Thing } from "../access.ts";
import type { Recipient } from "../deliveries/deliver.ts";
import type { Identity } from "../identity/identity.ts";
import { quotableOf } from "../quotes/quotable.ts";
import { subscriberIds } from "../subscriptions/queries.ts";
import { MOST_CHOSEN } from "./limits.ts";
import { addresseesOf, type PostRow, reachable } from "./queries.ts";
import { isOpen, isReach, narrowed, type Reach, reachOf } from "./reach.ts";

export type Addressed = Recipient & { mention: boolean };
/** `addressed`: the people it names. `recipients`: everybody who gets a copy, those included. */
export type Audience = { reach: Reach; addressed: Addressed[]; recipients: Recipient[] };

/** What the owner wants: `to` by hand, `mentioned` by the text. */
export type Wanted = { reach: Reach; to: string[]; mentioned: string[]; answered: PostRow | null };

/**
 * Who gets a new post. An answer stays within what it answers: nobody chosen from outside, and whoever is only
 * mentioned from outside is named but not told. Throws "reach-not-allowed", "person-not-found".
 */
export async function audienceOf(tx: Tx, me: Identity, wanted: Wanted): Promise<Audience> {
  const { answered } = wanted;
  if (!isReach(wanted.reach) || wanted.to.length > MOST_CHOSEN) {
    throw new NodeError("reach-not-allowed", "odd reach");
  }
  const subscribers = await subscriberIds(tx, me.ownerId);
  const fence = answered === null ? null : await fenceOf(tx, answered, subscribers);
  const reach = answered === null ? wanted.reach : narrowed(wanted.reach, seenAs(answered));
  if (reach === "me") return { reach, addressed: [], recipients: [] };

  const to = new Set(wanted.to);
  if (fence !== null && ![...to].every(fence.mayGet)) {
    throw new NodeError("reach-not-allowed", "chosen from outside");
  }
  const mentioned = new Set(wanted.mentioned.filter((id) => fence?.mayGet(id) ?? true));
  if (answered !== null) mentioned.add(answered.authorId);
  const circle = reach === "chosen" && to.size === 0 ? (fence?.circle ?? []) : [];
  const ids = new Set([...to, ...mentioned, ...circle]);
  ids.delete(me.ownerId);
  const people = await reachable(tx, [...ids]);
  const missing = [...to].filter((id) => id !== me.ownerId && !people.some((person) => person.id === id));
  if (missing.length > 0) throw new NodeError("person-not-found", "chosen, but not to be reached");
  if (reach === "chosen" && people.length === 0) throw new NodeError("reach-not-allowed", "nobody chosen");

  const addressed = people.map((person) => ({ ...person, mention: mentioned.has(person.id) }));
  const wide = reach === "chosen" ? [] : subscribers;
  const recipients = new Map([...wide, ...people].map(({ id, host }) => [id, { id, host }]));
  return { reach, addressed, recipients: [...recipients.values()] };
}

/** What is asked of access.may about a post that is here. */
export async function thingOf(tx: Pick<ReadClient, "addressee">, row: PostRow): Promise<Thing> {
  const named = await addresseesOf(tx, [row.id]);
  const reach = reachOf(row.reach);
  return {
    reach,
    authorId: row.authorId,
    addressees: named.map(({ personId }) => personId),
    quotable: quotableOf(row.quotable, reach),
  };
}

/** Of these people, those who may see an own post now. */
export async function whoMaySee(tx: Tx, me: Identity, row: PostRow, personIds: string[]): Promise<string[]> {
  const thing = await thingOf(tx, row);
  const subscribers = new Set((await subscriberIds(tx, me.ownerId)).map(({ id }) => id));
  return personIds.filter((personId) =>
    may({ kind: "person", personId, subscriber: subscribers.has(personId) }, "see", thing),
  );
}

type Fence = { mayGet: (personId: string) => boolean; circle: string[] };

/** Who may get an answer, and to whom one goes that names nobody. */
async function fenceOf(tx: Tx, answered: PostRow, subscribers: Recipient[]): Promise<Fence> {
  const thing = await thingOf(tx, answered);
  // Who subscribes to others is not known here.
  const circle = new Set(answered.own ? subscribers.map(({ id }) => id) : []);
  const open = isOpen(thing.reach);
  return {
    mayGet: (personId) => may({ kind: "person", personId, subscriber: circle.has(personId) }, "see", thing),
    circle: open ? [] : [thing.authorId, ...thing.addressees],
  };
}

function seenAs(row: PostRow): { reach: Reach; own: boolean } {
  return { reach: reachOf(row.reach), own: row.own };
}
