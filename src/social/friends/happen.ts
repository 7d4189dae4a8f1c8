import type { Tx } from "../../store/tx.ts";
import { withholdUnseen } from "../audiences/take-out.ts";
import { requireIdentity } from "../identity/load-identity.ts";
import { addNotice, dropNotices } from "../notices/add-notice.ts";
import { planFace } from "../people/face.ts";
import { planProfile } from "../people/plan-profile.ts";
import { tellingWhomItChanges } from "../profile/tell-people.ts";
import { send } from "../send.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { type Bond, becomes, type Happening, isConfirmed, type Message, type Outcome } from "./friendship.ts";
import { bondWith, dropBond, saveBond } from "./queries.ts";

type How = {
  /** Said with a question. */
  words?: string;
  /** No notice, whatever happens. */
  quiet?: boolean;
};

/** Writes down what becomes of a friendship, what goes to the other, and what the owner should know of. */
export async function happen(
  tx: Tx,
  personId: string,
  what: Happening,
  now: number,
  how: How = {},
): Promise<Outcome> {
  const before = await bondWith(tx, personId);
  const outcome = becomes(before, what);
  const { bond, tell } = outcome;
  const begins = bond?.state === "friends" && before?.state !== "friends";
  const ends = before?.state === "friends" && bond?.state !== "friends";
  const me = await requireIdentity(tx);
  const write = () => keep(tx, personId, { before, bond, what, how, now });
  if (begins || ends) await tellingWhomItChanges(tx, me, [personId], now, write);
  else await write();
  if (ends) await withholdUnseen(tx, me, personId);
  // They may show the owner more, or less; of what the owner alone calls a friendship they know nothing.
  const known = bond ?? before;
  if ((begins || ends) && known !== null && !isConfirmed(known)) await planProfile(tx, personId, now);
  if (bond?.state !== "offered") await dropNotices(tx, "friend-request", personId);
  if (bond?.state !== "friends") await dropNotices(tx, "friends", personId);
  else if (begins) await planFace(tx, personId, now);
  const kind = tell === "request" ? "friend-request" : tell;
  if (kind !== "" && how.quiet !== true) await addNotice(tx, { kind, personId, postId: "" }, now);
  const host = await hostOfPerson(tx, personId);
  if (host !== null) for (const message of outcome.send) await leave(tx, host, personId, message, now);
  return outcome;
}

type Kept = {
  before: (Bond & { at: number }) | null;
  bond: Bond | null;
  what: Happening;
  how: How;
  now: number;
};

async function keep(tx: Tx, personId: string, { before, bond, what, how, now }: Kept): Promise<void> {
  if (bond === null && before !== null) await dropBond(tx, personId);
  if (bond === null || bond === before) return;
  // What the owner asked goes out with the owner's words, also when they asked meanwhile.
  const asks = what.kind === "ask" || (what.kind === "offered" && bond.state === "offered");
  const words = asks && how.words !== undefined ? { words: how.words } : {};
  const since = before !== null && before.state === bond.state ? { at: before.at } : {};
  await saveBond(tx, personId, bond, { ...words, ...since }, now);
}

async function leave(tx: Tx, host: string, personId: string, message: Message, now: number): Promise<void> {
  switch (message.kind) {
    case "offer":
      return send(tx, host, { kind: "offer", about: { personId, uri: message.uri } }, now);
    case "accept":
      return send(tx, host, { kind: "offer-accept", about: { personId, uri: message.uri } }, now);
    case "withdraw":
      return send(tx, host, { kind: "offer-withdraw", about: { personId, uri: message.uri } }, now);
    case "end":
      return send(tx, host, { kind: "friendship-end", about: { personId } }, now);
  }
}
