import type { Update } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { changePost } from "../../social/posts/change-post.ts";
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
    await savePerson(tx, card, now);
    return "accepted";
  }
  const post = await readPost(object, sender, now);
  if (post === null) return { dropped: "not the sender's post" };
  if ((await postAuthor(tx, post.uri)) !== sender.uri) return { dropped: "not known here" };

  await changePost(tx, me, await cardOfPost(tx, me, post), now);
  if (hasProof(incoming.json)) await passOn(tx, me, idOf(post.uri), JSON.stringify(incoming.json), now);
  await askForQuoted(tx, me, post.uri, 0, now);
  return "accepted";
}
