import type { Announce } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { mayShare, receiveBoost } from "../../social/boosts/receive-boost.ts";
import { savePerson } from "../../social/people/save-person.ts";
import type { Tx } from "../../store/tx.ts";
import { askForBoosted } from "../outbox/plan-fetches.ts";
import { postAuthor, subscribesTo } from "../queries.ts";
import { readBoost } from "../translate/boost.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody passes a post on. What came along of it counts for nothing: it is read where it lives. */
export async function announce(tx: Tx, incoming: Incoming<Announce>): Promise<Verdict> {
  const { activity, sender, me, now } = incoming;

  // Authentication: the sender signed.
  const card = readBoost(activity, sender, now);
  if (card === null) return { dropped: "nothing named" };

  // Authorization: of the owner's posts by whoever may see them (A11), of others' by those the owner subscribes to.
  const isOwn = (await postAuthor(tx, card.of)) === me.ownerUri;
  if (!isOwn && !(await subscribesTo(tx, me.ownerId, sender.uri))) return { dropped: "not asked for" };

  if (isOwn && !(await mayShare(tx, me, { postId: idOf(card.of), personId: card.personId })))
    return { dropped: "not to be passed on" };

  if (isOwn) await savePerson(tx, sender, now);
  const result = await receiveBoost(tx, me, card, now);
  if (result === "missing") await askForBoosted(tx, me, card, now);
  return result === "ignored" ? { dropped: "not to be passed on" } : "accepted";
}
