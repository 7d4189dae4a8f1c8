import type { Delete } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { takeBackKnock } from "../../social/gate/knock.ts";
import { takeBackNote } from "../../social/messages/elsewhere/receive-note.ts";
import { blankPerson } from "../../social/people/blank-person.ts";
import { dropPost } from "../../social/posts/drop-post.ts";
import { leaveRevoked } from "../../social/quotes/answered.ts";
import type { Tx } from "../../store/tx.ts";
import { sameHost } from "../addresses.ts";
import { isKnownPerson, postAuthor } from "../queries.ts";
import { soleObject } from "../translate/object-of.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody deleted a post of theirs, or themselves, or a leave to quote them. */
export async function remove(tx: Tx, incoming: Incoming<Delete>): Promise<Verdict> {
  const { activity, sender, me, now } = incoming;

  // Authentication: the sender signed.
  const deleted = soleObject(activity)?.href;
  if (deleted === undefined) return { dropped: "nothing named" };

  // Authorization: only its author deletes a post, only a person themselves (A10), only
  // whoever gave a leave takes it back.
  if (deleted === sender.uri) {
    if (!(await isKnownPerson(tx, sender.uri))) return { dropped: "not known here" };
    await blankPerson(tx, idOf(sender.uri), now);
    return "accepted";
  }
  if (sameHost(deleted, sender.uri)) {
    const revoked = { stamp: deleted, authorId: idOf(sender.uri) };
    if (await leaveRevoked(tx, me, revoked, now)) return "accepted";
  }
  const personId = idOf(sender.uri);
  if (await takeBackKnock(tx, personId, deleted)) return "accepted";
  if (await takeBackNote(tx, { personId, from: sender.uri, uri: deleted }, now)) return "accepted";
  if ((await postAuthor(tx, deleted)) !== sender.uri) return { dropped: "not known here" };

  await dropPost(tx, me, deleted, personId, now);
  return "accepted";
}
