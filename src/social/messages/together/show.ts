import { NodeError } from "../../../lib/errors.ts";
import { type Random, randomId } from "../../../lib/ids.ts";
import type { Store } from "../../../store/store.ts";
import type { ReadClient, Tx } from "../../../store/tx.ts";
import { dropWelcomeSince } from "../../gate/queries.ts";
import type { Identity } from "../../identity/identity.ts";
import { personById } from "../../people/find.ts";
import type { PersonView } from "../../people/view.ts";
import { ownKeys } from "../keys/own.ts";
import { fingerprintOf } from "../pgp/own-key.ts";
import { writtenCode } from "./code.ts";
import {
  dropOver,
  dropShown,
  insertTogether,
  isAnyOver,
  shownRow,
  type TogetherRow,
  unconfirmed,
} from "./queries.ts";

/** Milliseconds that a code is good for. */
export const CODE_LIFE = 10 * 60_000;

/** together: scanned from a screen. phone: eight words were said. */
export type TogetherWay = "together" | "phone";

/**
 * What the owner shows. shown: until somebody takes it. scanned: somebody did, and the owner is asked whether it was who is beside them.
 * done: the owner said yes. `code`: what is in the picture. `until`: milliseconds.
 */
export type Showing = {
  token: string;
  way: TogetherWay;
  state: "shown" | "scanned" | "done";
  code: string;
  until: number;
  person: PersonView | null;
  /** Of whoever took it; "": nobody did. */
  fingerprint: string;
};

/** Begins to show a code; one that was shown before is good no more. Returns its token. */
export async function showTogether(tx: Tx, way: TogetherWay, now: number, random: Random): Promise<string> {
  await endTogether(tx);
  const token = randomId(random);
  await insertTogether(tx, {
    id: token,
    own: true,
    way,
    at: new Date(now),
    until: new Date(now + CODE_LIFE),
  });
  return token;
}

/** Nothing is shown any more; whoever came by a code and was not confirmed is as unknown as before. */
export async function endTogether(tx: Tx): Promise<void> {
  await sendAway(tx, await unconfirmed(tx));
  await dropShown(tx);
}

async function sendAway(tx: Tx, rows: readonly TogetherRow[]): Promise<void> {
  for (const { personId, at } of rows) await dropWelcomeSince(tx, personId, at);
}

/** Codes whose time is over, shown here or taken from others. */
export async function forgetOver(store: Pick<Store, "read" | "transact">, now: number): Promise<void> {
  if (!(await isAnyOver(store.read, now))) return;
  await store.transact(async (tx) => {
    await sendAway(tx, await unconfirmed(tx, now));
    await dropOver(tx, now);
  });
}

/** null: nothing is shown. */
export async function showingNow(read: ReadClient, me: Identity, now: number): Promise<Showing | null> {
  const row = await shownRow(read, now);
  if (row === null) return null;
  const { id: token, way, state, until, personId, fingerprint } = row;
  return {
    token,
    way: way === "phone" ? "phone" : "together",
    state: state === "scanned" || state === "done" ? state : "shown",
    code: writtenCode(me, { fingerprint: await ownFingerprint(read), token }),
    until: until.getTime(),
    fingerprint,
    person: personId === "" ? null : await personById(read, personId),
  };
}

/** What the owner's card says: good for as long as the key is. */
export async function ownCard(read: ReadClient, me: Identity): Promise<string> {
  return writtenCode(me, { fingerprint: await ownFingerprint(read) });
}

async function ownFingerprint(read: ReadClient): Promise<string> {
  const own = await ownKeys(read);
  if (own === null) throw new NodeError("internal", "the key is not made yet");
  return fingerprintOf(own.key);
}
