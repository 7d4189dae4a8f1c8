import type { Update } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import { isOnion } from "../../lib/onion-name.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { changeNote, isMessage } from "../../social/messages/elsewhere/receive-note.ts";
import type { PersonCard } from "../../social/people/person.ts";
import { planProfile } from "../../social/people/plan-profile.ts";
import { isCloseId } from "../../social/people/queries.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { changePost } from "../../social/posts/change-post.ts";
import { isFriendByWire } from "../../social/profile/queries.ts";
import { passOn } from "../../social/threads/pass-on.ts";
import type { Tx } from "../../store/tx.ts";
import { cardOfPost } from "../incoming-post.ts";
import { askForQuoted } from "../outbox/plan-fetches.ts";
import { isKnownPerson, postAuthor } from "../queries.ts";
import { hasProof } from "../translate/container.ts";
import { embeddedObject } from "../translate/object-of.ts";
import { asActor, cardOf } from "../translate/person.ts";
import { readPost } from "../translate/post.ts";
import type { Incoming } from "./incoming.ts";
import { noteOf } from "./note.ts";

/** Somebody changed their profile or a post of theirs. */
export async function update(tx: Tx, incoming: Incoming<Update>): Promise<Verdict> {
  const { activity, sender, me, now } = incoming;

  // Authentication: the sender signed, and what is new came along.
  const object = await embeddedObject(activity);
  if (object === null) return { dropped: "nothing new in it" };

  // Authorization: a profile by its person, a post by its author (A10), and only what is known here.
  const profile = asActor(object);
  if (profile !== null) {
    if (profile.id?.href !== sender.uri) return { dropped: "not the sender's profile" };
    if (!(await isKnownPerson(tx, sender.uri))) return { dropped: "not known here" };
    const card = await cardOf(profile);
    if (card === null) return { dropped: "not understood" };
    await saveUpdated(tx, incoming, card);
    return "accepted";
  }
  const post = await readPost(object, sender, now);
  if (post === null) return { dropped: "not the sender's post" };
  const note = noteOf(incoming, post);
  if (await isMessage(tx, note)) {
    await changeNote(tx, me, note, now);
    return "accepted";
  }
  if ((await postAuthor(tx, post.uri)) !== sender.uri) return { dropped: "not known here" };

  await changePost(tx, me, await cardOfPost(tx, me, post), now);
  if (hasProof(incoming.json)) await passOn(tx, me, idOf(post.uri), JSON.stringify(incoming.json), now);
  await askForQuoted(tx, me, post.uri, 0, now);
  return "accepted";
}

/**
 * A device of one person sends what is for the owner. Others on onions send what strangers get, for they cannot tell whether one
 * person reads there or many: who may get more asks for it.
 */
async function saveUpdated(tx: Tx, { me, now }: Incoming<Update>, card: PersonCard): Promise<void> {
  const id = idOf(card.uri);
  const isTold = card.friendly === true || (await isFriendByWire(tx, id));
  const mayBeLess = isOnion(card.host) && !isTold && (await isCloseId(tx, me.ownerId, id));
  await savePerson(tx, mayBeLess ? { ...card, shownTo: "strangers" } : card, now);
  if (mayBeLess) await planProfile(tx, id, now);
}
