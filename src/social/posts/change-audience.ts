import { NodeError } from "../../lib/errors.ts";
import type { Tx } from "../../store/tx.ts";
import { may } from "../access.ts";
import { articleWords } from "../articles/words.ts";
import { type Choice, listed } from "../audiences/choice.ts";
import { deliver, type Recipient } from "../deliveries/deliver.ts";
import { deliveriesOf, dropDeliveries, dropJobsById, queuedCopies } from "../deliveries/queries.ts";
import { untouched } from "../deliveries/untouched.ts";
import type { Identity } from "../identity/identity.ts";
import { send } from "../send.ts";
import { viewersOf } from "../viewer.ts";
import { type Audience, audienceOf } from "./audience.ts";
import { type PostRow, postRow, reachable, setAddressees, updatePost } from "./queries.ts";
import { isOpen, reachOf } from "./reach.ts";
import { recipientsOf } from "./recipients.ts";
import { thingIn } from "./thing.ts";
import { wordsOf } from "./words.ts";

/**
 * What another choice does; ids. `gets`: who was not to get it. `keeps`: who has it and may not see it any more.
 * `misses`: who was to get it, does not have it as far as is known, and may not see it any more.
 */
export type AudienceChange = { gets: string[]; keeps: string[]; misses: string[] };

/** `shut`: who was to get it and may not see it any more; of those `has` have it, and `never` surely do not. */
type Plan = {
  row: PostRow;
  audience: Audience;
  gets: Recipient[];
  shut: string[];
  has: ReadonlySet<string>;
  never: ReadonlySet<string>;
};

/** What changing it would do; nothing is changed. Throws what changeAudience throws. */
export async function planChange(
  tx: Tx,
  me: Identity,
  postId: string,
  choice: Choice,
): Promise<AudienceChange> {
  return changeIn(await planOf(tx, me, postId, choice));
}

/**
 * Who sees an own post from now on. Whoever is new gets it; whoever may not any more reads it here no longer and gets no
 * change of it. `ask`: the devices of those who have it are asked to delete it; nobody can force them. Throws
 * "post-not-found", "not-secret-again" (everyone could see it), "reach-not-allowed" (an answer: that is for whom the
 * answered post is for; or nobody chosen), and what audienceOf throws.
 */
export async function changeAudience(
  tx: Tx,
  me: Identity,
  postId: string,
  choice: Choice,
  now: number,
  { ask }: { ask: boolean },
): Promise<AudienceChange> {
  const plan = await planOf(tx, me, postId, choice);
  const { row, audience, gets } = plan;
  const { reach, audiences, without, addressed } = audience;
  await updatePost(tx, postId, { reach, audiences: listed(audiences), without: listed(without) });
  await setAddressees(
    tx,
    postId,
    addressed.map(({ id: personId, mention }) => ({ personId, mention })),
  );
  await withdraw(tx, row, plan, { ask, now });
  await deliver(tx, postId, gets, now);
  return changeIn(plan);
}

function changeIn({ gets, shut, has }: Plan): AudienceChange {
  return {
    gets: gets.map(({ id }) => id),
    keeps: shut.filter((id) => has.has(id)),
    misses: shut.filter((id) => !has.has(id)),
  };
}

async function planOf(tx: Tx, me: Identity, postId: string, choice: Choice): Promise<Plan> {
  const row = await postRow(tx, postId);
  if (row === null || !row.own || row.boostOfId !== "") throw new NodeError("post-not-found", "no own post");
  if (row.replyToId !== "") throw new NodeError("reach-not-allowed", "an answer has no audience of its own");
  if (isOpen(reachOf(row.reach)) && !isOpen(choice.reach)) {
    throw new NodeError("not-secret-again", "everyone could see it");
  }
  const { reach, people, audiences, without } = choice;
  const mentioned = await mentionedIn(tx, me, row);
  const wanted = { reach, to: people, audiences, without, mentioned, answered: null };
  const audience = await audienceOf(tx, me, wanted);
  const deliveries = await deliveriesOf(tx, postId);
  const before = new Set(deliveries.map(({ personId }) => personId));
  const thing = thingIn(
    {
      ...row,
      reach: audience.reach,
      audiences: listed(audience.audiences),
      without: listed(audience.without),
    },
    audience.addressed.map(({ id }) => id),
  );
  const viewers = await viewersOf(tx, me.ownerId, [...before]);
  const shut = viewers.filter((viewer) => !may(viewer, "see", thing)).map(({ personId }) => personId);
  const never = new Set(
    (await untouched(tx, await queuedCopies(tx, postId))).map(({ about }) => about["personId"] ?? ""),
  );
  const has = new Set(
    deliveries.filter(({ state }) => state === "delivered").map(({ personId }) => personId),
  );
  const all = await recipientsOf(tx, me, audience, audience.addressed);
  const gets = all.filter(({ id }) => !before.has(id));
  return { row, audience, gets, shut, has, never };
}

async function mentionedIn(tx: Tx, me: Identity, row: PostRow): Promise<string[]> {
  const { title, source: text, warning } = row;
  const isLong = row.kind === "article";
  const words = isLong
    ? await articleWords(tx, { title, text, warning })
    : await wordsOf(tx, text, warning, { origin: me.origin, withFiles: true });
  return words.mentionedIds.filter((id) => id !== me.ownerId);
}

/** What waits for these people is not sent; whoever may have it is asked to delete it, if the owner wants. */
async function withdraw(
  tx: Tx,
  row: PostRow,
  { shut, never }: Plan,
  { ask, now }: { ask: boolean; now: number },
): Promise<void> {
  const gone = new Set(shut);
  const copies = (await queuedCopies(tx, row.id)).filter(({ about }) => gone.has(about["personId"] ?? ""));
  await dropJobsById(
    tx,
    copies.map(({ id }) => id),
  );
  for (const personId of shut) {
    const state = ask ? {} : { state: { in: ["waiting", "stopped"] } };
    await dropDeliveries(tx, { postId: row.id, personId, ...state });
  }
  if (!ask) return;
  const asked = await reachable(
    tx,
    shut.filter((id) => !never.has(id)),
  );
  for (const { id, host } of asked) {
    await send(tx, host, { kind: "delete", about: { uri: row.uri, personId: id } }, now);
  }
}
