import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { dropPassed, isTheirThread, keepPassed } from "../../social/threads/receive-passed.ts";
import type { Tx } from "../../store/tx.ts";
import { hostOf } from "../addresses.ts";
import { askWhoseItIs } from "../outbox/plan-fetches.ts";
import { isBlocked } from "../queries.ts";
import { readPassing } from "../translate/container.ts";
import type { Incoming } from "./incoming.ts";

/** Add to a narrow thread; null: it is about something else. */
export async function takePassed(tx: Tx, { sender, json, me, now }: Incoming): Promise<Verdict | null> {
  // Authentication: the sender signed that it belongs into the thread. Whose it is, is looked at afterwards: its author's
  // device may be off, and what else the sender has for the owner must not wait for that.
  const passing = readPassing(json);
  if (passing === null) return null;
  const { author, thread, postUri, signed } = passing;

  // Authorization: the thread is the sender's, so nobody else makes this node ask for a key; blocked people are not
  // heard through others either.
  const byId = idOf(sender.uri);
  if (!(await isTheirThread(tx, byId, thread))) return null;
  const host = hostOf(author);
  if (host === null) return { dropped: "by nobody who could be asked" };
  if (author === me.ownerUri) return { dropped: "the owner's own" };
  if (await isBlocked(tx, author)) return { dropped: "blocked" };

  const id = await keepPassed(tx, { byId, thread, postUri, signed: JSON.stringify(signed) }, now);
  if (id === null) return { dropped: "too much waits of theirs" };
  await askWhoseItIs(tx, id, host, now);
  return "accepted";
}

/** Remove from a thread; null: it is about something else. */
export async function takeOutPassed(
  tx: Tx,
  { sender }: Incoming,
  pin: { what: string; target: string },
): Promise<Verdict | null> {
  // Authentication: the sender signed.
  // Authorization: only what the sender passed on, in a thread of theirs.
  const byId = idOf(sender.uri);
  if (!(await isTheirThread(tx, byId, pin.target))) return null;
  return (await dropPassed(tx, byId, pin.what)) ? "accepted" : { dropped: "not known here" };
}
