import { idOf } from "../lib/ids.ts";
import type { Identity } from "../social/identity/identity.ts";
import type { PostCard } from "../social/posts/post.ts";
import type { Tx } from "../store/tx.ts";
import { knownPeople, postAuthor } from "./queries.ts";
import { answerableFor } from "./translate/policy.ts";
import type { ReadPost } from "./translate/post.ts";

/** A read post in the product's words; people who are not known here are left out. */
export async function cardOfPost(tx: Tx, me: Identity, post: ReadPost): Promise<PostCard> {
  const { author, mentions, to, answerable, ...rest } = post;
  const [mentioned, addressed] = [await knownPeople(tx, mentions), await knownPeople(tx, to)];
  const who = { authorId: idOf(author), mentions: mentioned, to: addressed };
  return { ...rest, ...who, answerable: answerableFor(answerable, me) };
}

/** Whether a post by somebody unknown speaks to the owner; from nobody else's is so much as a name kept. */
export async function speaksToOwner(tx: Tx, me: Identity, post: ReadPost): Promise<boolean> {
  if (post.to.includes(me.ownerUri) || post.mentions.includes(me.ownerUri)) return true;
  for (const about of [post.replyToUri, post.quoteUri])
    if (about !== "" && (await postAuthor(tx, about)) === me.ownerUri) return true;
  return false;
}
