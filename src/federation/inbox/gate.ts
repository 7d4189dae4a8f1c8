import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { atGate } from "../../social/gate/gate.ts";
import { keepKnock } from "../../social/gate/knock.ts";
import { linesOf, textOf } from "../../social/html.ts";
import { armourIn } from "../../social/messages/elsewhere/armour.ts";
import { savePerson } from "../../social/people/save-person.ts";
import type { Tx } from "../../store/tx.ts";
import { knockJson } from "../translate/knock.ts";
import type { ReadPost } from "../translate/post.ts";
import type { Incoming } from "./incoming.ts";

const HOUR = 60 * 60;

/** Honest senders come again for weeks; nobody is sent away to make room for the next. */
export const GATE_FULL: Verdict = { retry: "the gate is full", after: HOUR };
/** The rest of what somebody wrote follows once they are let in. */
export const ONE_WAITS: Verdict = { retry: "something of theirs waits already", after: 6 * HOUR };

/** A post by somebody unknown that speaks to the owner: kept small, and shown at the gate as text only. */
export async function waitAtGate(tx: Tx, incoming: Incoming, post: ReadPost): Promise<Verdict> {
  const { sender, me, at, now, json } = incoming;
  const stands = await atGate(tx, me, idOf(sender.uri));
  if (stands === "full") return GATE_FULL;
  const activity = knockJson(json, post, at.person);
  if (activity === null) return { dropped: "too long to wait" };
  const personId = await savePerson(tx, sender, now);
  const kept = await keepKnock(tx, { personId, activity, words: wordsOf(post) }, now);
  return kept ? "accepted" : ONE_WAITS;
}

/** Of what is sealed nothing is shown before it is opened. */
function wordsOf({ title, warning, html }: ReadPost): string {
  if (armourIn(linesOf(html)) !== null) return "";
  return [title, warning, textOf(html)].filter((part) => part !== "").join("\n\n");
}
