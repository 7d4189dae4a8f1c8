import type { Create, Object as WireObject } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { isStranger } from "../../social/gate/gate.ts";
import { isMessage, receiveNote } from "../../social/messages/elsewhere/receive-note.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { isOwnPoll, mayVote, receiveVote } from "../../social/polls/receive-vote.ts";
import { changePost } from "../../social/posts/change-post.ts";
import { receivePost } from "../../social/posts/receive-post.ts";
import { passOn } from "../../social/threads/pass-on.ts";
import type { Tx } from "../../store/tx.ts";
import { sameHost } from "../addresses.ts";
import { cardOfPost, speaksToOwner } from "../incoming-post.ts";
import { askForParent, askForQuoted } from "../outbox/plan-fetches.ts";
import { isKnownPerson, postAuthor } from "../queries.ts";
import { hasProof } from "../translate/container.ts";
import { sealedIn } from "../translate/letter.ts";
import { embeddedObject } from "../translate/object-of.ts";
import { type ReadVote, readVote } from "../translate/poll.ts";
import { readPost } from "../translate/post.ts";
import { waitAtGate } from "./gate.ts";
import type { Incoming } from "./incoming.ts";
import { letter } from "./letter.ts";
import { isForOwnerAlone, noteOf } from "./note.ts";

/** Somebody published a post. */
export async function create(tx: Tx, incoming: Incoming<Create>): Promise<Verdict> {
  const { activity, sender, me, now } = incoming;
  const sealed = sealedIn(incoming.json);
  if (sealed === "unreadable") return { dropped: "a letter without a seal" };
  if (sealed !== null) return letter(tx, incoming, sealed);

  // Authentication: the sender signed, and the post came along. One that is only named is not fetched: what is
  // for the owner is delivered whole.
  const object = await embeddedObject(activity);
  if (object === null) return { dropped: "no post in it" };
  const vote = readVote(object);
  if (vote !== null) return countVote(tx, incoming, object, vote);
  const post = await readPost(object, sender, now);

  // Authorization: nobody publishes in another's name or on another's host (A6). A post that is known already
  // keeps its text and its audience; only an Update by its author changes it (A9).
  if (post === null) return { dropped: "not the sender's post" };
  // Nor where a neighbour's post is: this node would look up for them what that one quotes.
  const author = await postAuthor(tx, post.uri);
  if (author !== null && author !== sender.uri) return { dropped: "another's post" };
  const isKnown = await isKnownPerson(tx, sender.uri);
  const speaks = await speaksToOwner(tx, me, post);
  if (!isKnown && !speaks) return { dropped: "not for the owner" };
  // Words of unknown people wait at the gate.
  if (speaks && (await isStranger(tx, me, idOf(sender.uri)))) return waitAtGate(tx, incoming, post);

  await savePerson(tx, sender, now);
  const note = noteOf(incoming, post);
  if (await isMessage(tx, note)) return { dropped: "a message that is known" };
  if (author === null && (await isForOwnerAlone(tx, incoming, post))) {
    await receiveNote(tx, me, note, now);
    return "accepted";
  }
  const card = await cardOfPost(tx, me, post);
  const result = await receivePost(tx, me, card, now);
  // Sent again after its answer got lost, and edited in between: the words are the newer ones, the audience stays.
  if (result === "known" && post.editedAt > 0) await changePost(tx, me, card, now);
  if (result === "stored") await askForParent(tx, me, post.replyToUri, 0, now);
  if (result === "stored" && hasProof(incoming.json))
    await passOn(tx, me, idOf(post.uri), JSON.stringify(incoming.json), now);
  if (result !== "ignored") await askForQuoted(tx, me, post.uri, 0, now);
  return result === "ignored" ? { dropped: "not for the owner, or deleted" } : "accepted";
}

/** A vote never shows as an answer: it counts in an own poll, or it is nothing (A32). */
async function countVote(
  tx: Tx,
  { sender, me, now }: Incoming<Create>,
  object: WireObject,
  vote: ReadVote,
): Promise<Verdict> {
  // Authorization: everybody votes for themselves, and only who may see the poll.
  const [by, ...others] = object.attributionIds;
  const isTheirs = by?.href === sender.uri && others.length === 0 && sameHost(vote.uri, sender.uri);
  if (!isTheirs) return { dropped: "not the sender's vote" };
  if (!(await isOwnPoll(tx, vote.pollUri))) return { dropped: "a vote in no poll of ours" };

  const ballot = { ...vote, personId: idOf(sender.uri) };
  if (!(await mayVote(tx, me, ballot))) return { dropped: "not theirs to vote in" };
  await savePerson(tx, sender, now);
  return (await receiveVote(tx, me, ballot, now)) ? "accepted" : { dropped: "the vote does not count" };
}
