import type { Add, Remove } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { pinned } from "../../social/marks/pin.ts";
import type { Tx } from "../../store/tx.ts";
import { featuredOf } from "../queries.ts";
import { readPin } from "../translate/pin.ts";
import type { Incoming } from "./incoming.ts";
import { takePassed } from "./passed-on.ts";

/** Somebody puts a post of theirs first on their page, or passes on what was answered in a thread of theirs. */
export async function add(tx: Tx, incoming: Incoming<Add>): Promise<Verdict> {
  return (await takePassed(tx, incoming)) ?? pinnedBy(tx, incoming, true);
}

/** The same for Remove: no collection of another person is anybody else's to change. */
export async function pinnedBy(tx: Tx, incoming: Incoming<Add | Remove>, on: boolean): Promise<Verdict> {
  const { activity, sender, now } = incoming;

  // Authentication: the sender signed.
  const pin = readPin(activity);
  if (pin === null) return { dropped: "nothing named" };

  // Authorization: the collection is the sender's, and so is the post.
  if (pin.target !== (await featuredOf(tx, sender.uri))) return { dropped: "not the sender's first posts" };
  const done = await pinned(tx, { postId: idOf(pin.what), personId: idOf(sender.uri), on }, now);
  return done ? "accepted" : { dropped: "not known here" };
}
