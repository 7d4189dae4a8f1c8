import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleByIds } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import { postRow } from "../posts/queries.ts";
import { isOpen } from "../posts/reach.ts";
import type { PostView } from "../posts/view.ts";
import { postsByIds } from "../posts/views.ts";
import { rootOf } from "./root.ts";

/**
 * Whom an answer goes to: those an own post is for, or people. `onward`: the device of that one person passes it on to
 * everybody whom the thread is for.
 */
export type AnswerGoes =
  | { to: "audience"; of: PostView }
  | { to: "people"; people: PersonView[]; onward: boolean };

/** The same as audienceOf decides, before there is an answer. null: what is answered is for everyone, or for the owner alone. */
export async function answerGoes(read: ReadClient, me: Identity, post: PostView): Promise<AnswerGoes | null> {
  const row = await postRow(read, post.id);
  if (row === null || isOpen(post.reach) || post.reach === "me") return null;
  const own = row.signed === "" ? null : await rootOf(read, row);
  const ids = [own?.id ?? row.threadId];
  const root = (await postsByIds(read, me, ids)).get(ids[0] ?? "");
  if (own !== null && root !== undefined) return { to: "audience", of: root };
  const passer = (await peopleByIds(read, me.ownerId, [row.passedById])).get(row.passedById);
  if (passer !== undefined) return { to: "people", people: [passer], onward: true };
  if (root !== undefined && isPassedOn(post, root)) {
    return { to: "people", people: [root.author], onward: true };
  }
  if (post.own) return { to: "audience", of: post };
  const all = [post.author, ...post.to].filter(({ isOwner }) => !isOwner);
  const people = [...new Map(all.map((person) => [person.id, person])).values()];
  return { to: "people", people, onward: false };
}

/** Somebody began a narrow thread on a device that passes on, and what is answered came from there or went there. */
function isPassedOn(post: PostView, { own, replyToUri, reach, author }: PostView): boolean {
  if (own || replyToUri !== "" || isOpen(reach) || !author.friendly) return false;
  return post.author.id === author.id || (post.own && post.to.some(({ id }) => id === author.id));
}
