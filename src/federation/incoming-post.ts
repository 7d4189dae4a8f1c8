import { idOf } from "../lib/ids.ts";
import type { Identity } from "../social/identity/identity.ts";
import type { PostCard } from "../social/posts/post.ts";
import type { Tx } from "../store/tx.ts";
import { knownPeople, ownRequest, postAuthor } from "./queries.ts";
import type { ReadPost } from "./translate/post.ts";

/** A read post in the product's words; people who are not known here are left out. */
export async function cardOfPost(tx: Tx, post: ReadPost): Promise<PostCard> {
  const { author, mentions, to, ...rest } = post;
  const [mentioned, addressed] = [await knownPeople(tx, mentions), await knownPeople(tx, to)];
  return { ...rest, authorId: idOf(author), mentions: mentioned, to: addressed };
}

/** A stranger's post is kept only when it speaks to the owner; nobody can fill this node with what it did not ask for. */
export async function concernsOwner(tx: Tx, me: Identity, post: ReadPost): Promise<boolean> {
  if (post.to.includes(me.ownerUri) || post.mentions.includes(me.ownerUri)) return true;
  const request = await ownRequest(tx, me.ownerId, post.author);
  if (request !== null && request.state !== "declined") return true;
  return post.replyToUri !== "" && (await postAuthor(tx, post.replyToUri)) === me.ownerUri;
}
