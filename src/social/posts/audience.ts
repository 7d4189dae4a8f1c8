import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { may, type Thing } from "../access.ts";
import { FRIENDS, SUBSCRIBERS } from "../audiences/choice.ts";
import { allThere } from "../audiences/queries.ts";
import type { Recipient } from "../deliveries/deliver.ts";
import type { Identity } from "../identity/identity.ts";
import { rootOf } from "../threads/root.ts";
import { viewersOf } from "../viewer.ts";
import { MOST_CHOSEN } from "./limits.ts";
import { nameable, type PostRow } from "./queries.ts";
import { isOpen, isReach, narrowed, type Reach, reachOf } from "./reach.ts";
import { leftOut, type Scope } from "./recipients.ts";
import { thingOf } from "./thing.ts";

export type Addressed = Recipient & { mention: boolean };
/** `addressed`: the people it names. Who gets a copy: recipientsOf. */
export type Audience = Scope & { addressed: Addressed[] };

/** What the owner wants: `to`, `audiences` and `without` by hand, `mentioned` by the text. */
export type Wanted = {
  reach: Reach;
  to: readonly string[];
  audiences?: readonly string[];
  without?: readonly string[];
  mentioned: readonly string[];
  answered: PostRow | null;
};

/**
 * Who a new post is for. An answer stays within what it answers: nobody chosen from outside, and whoever is only
 * mentioned from outside is named but not told. Throws "reach-not-allowed", "person-not-found", "audience-not-found",
 * "open-to-all" (for everyone, and yet somebody is left out).
 */
export async function audienceOf(tx: Tx, me: Identity, wanted: Wanted): Promise<Audience> {
  if (!isReach(wanted.reach) || wanted.to.length > MOST_CHOSEN) {
    throw new NodeError("reach-not-allowed", "odd reach");
  }
  const answered = await answeredIn(tx, wanted.answered);
  const fence = answered === null ? null : await fenceOf(tx, me, answered);
  const { reach, audiences, without } = await scopeOf(tx, { ...wanted, answered }, fence);
  if (reach === "me") return { reach, audiences, without, addressed: [] };

  const left = await leftOut(tx, me, without);
  const to = new Set(wanted.to);
  const mayGet = await fence?.mayGet([...to, ...wanted.mentioned]);
  const isIn = (id: string) => !left.has(id) && (mayGet?.has(id) ?? true);
  if (mayGet !== undefined && ![...to].every((id) => mayGet.has(id))) {
    throw new NodeError("reach-not-allowed", "chosen from outside");
  }
  const mentioned = new Set(wanted.mentioned.filter(isIn));
  const author = wanted.answered?.authorId;
  if (author !== undefined && wanted.answered?.passedById === "" && !left.has(author)) mentioned.add(author);
  const circle = reach === "chosen" && to.size === 0 ? (fence?.circle ?? []) : [];
  const ids = new Set([...to, ...mentioned, ...circle]);
  ids.delete(me.ownerId);
  const people = await nameable(tx, [...ids]);
  const missing = [...to].filter((id) => id !== me.ownerId && !people.some((person) => person.id === id));
  if (missing.length > 0) throw new NodeError("person-not-found", "chosen, but not to be reached");
  if (reach === "chosen" && people.length === 0 && audiences.length === 0) {
    throw new NodeError("reach-not-allowed", "nobody chosen");
  }
  const addressed = people.map((person) => ({ ...person, mention: mentioned.has(person.id) }));
  return { reach, audiences, without, addressed };
}

/** Of these people, those who may see an own post now. */
export async function whoMaySee(tx: Tx, me: Identity, row: PostRow, personIds: string[]): Promise<string[]> {
  const thing = await thingOf(tx, row);
  const viewers = await viewersOf(tx, me.ownerId, personIds);
  return viewers.filter((viewer) => may(viewer, "see", thing)).map(({ personId }) => personId);
}

/** What decides who gets an answer: in a narrow thread of the owner's, what the thread began with. */
async function answeredIn(tx: Tx, answered: PostRow | null): Promise<PostRow | null> {
  return answered === null || answered.signed === "" ? answered : ((await rootOf(tx, answered)) ?? answered);
}

/** An answer to something narrow goes to those it was for, or to some of them by name. */
async function scopeOf(tx: Tx, wanted: Wanted, fence: Fence | null): Promise<Scope> {
  const { answered, audiences = [], without = [] } = wanted;
  await assertThere(tx, [...audiences, ...without]);
  const narrow = fence !== null && !isOpen(fence.thing.reach);
  const reach =
    answered === null
      ? wanted.reach
      : narrowed(wanted.reach, { reach: reachOf(answered.reach), own: answered.own });
  if (isOpen(reach) && without.length > 0)
    throw new NodeError("open-to-all", "somebody is left out of everyone");
  if (reach === "me" || !narrow) return { reach, audiences: reach === "me" ? [] : audiences, without };
  const kept = [...new Set([...without, ...fence.thing.without])];
  if (wanted.reach === "chosen" && wanted.to.length > 0)
    return { reach: "chosen", audiences: [], without: kept };
  return { reach, audiences: fence.thing.audiences, without: kept };
}

async function assertThere(tx: Tx, ids: readonly string[]): Promise<void> {
  const asked = ids.filter((id) => id !== FRIENDS && id !== SUBSCRIBERS);
  if (!(await allThere(tx, asked))) throw new NodeError("audience-not-found", "an audience that is gone");
}

type Fence = {
  thing: Thing;
  /** Of these people, those who may get an answer. */
  mayGet: (personIds: string[]) => Promise<Set<string>>;
  /** To whom one goes that names nobody. */
  circle: readonly string[];
};

async function fenceOf(tx: Tx, me: Identity, answered: PostRow): Promise<Fence> {
  const thing = await thingOf(tx, answered);
  const open = isOpen(thing.reach);
  // In somebody's narrow thread an answer goes to them alone: their device passes it on, and the rest is unknown here.
  if (answered.passedById !== "") {
    const only = answered.passedById;
    return {
      thing: { ...thing, people: [only], audiences: [], without: [] },
      mayGet: async (ids) => new Set(ids.filter((id) => id === only || id === me.ownerId)),
      circle: [only],
    };
  }
  return {
    thing,
    async mayGet(personIds) {
      const viewers = await viewersOf(tx, me.ownerId, personIds);
      // Who subscribes to others is not known here, nor who is their friend.
      const known = answered.own ? viewers : viewers.map((one) => ({ ...one, in: new Set<string>() }));
      const some = known.filter((viewer) => may(viewer, "see", thing)).map(({ personId }) => personId);
      return new Set([...some, ...personIds.filter((id) => id === me.ownerId)]);
    },
    circle: open ? [] : [thing.authorId, ...thing.people],
  };
}
