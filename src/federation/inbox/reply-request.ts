import type { ReplyRequest } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { isStranger } from "../../social/gate/gate.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { mayAnswer } from "../../social/posts/may-answer.ts";
import { receivePost } from "../../social/posts/receive-post.ts";
import { send } from "../../social/send.ts";
import type { Tx } from "../../store/tx.ts";
import { cardOfPost } from "../incoming-post.ts";
import { postAuthor } from "../queries.ts";
import { readReplyRequest } from "../translate/reply-request.ts";
import { waitAtGate } from "./gate.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody asks whether they may answer a post of the owner's, as servers do where not everybody may. */
export async function replyRequest(tx: Tx, incoming: Incoming<ReplyRequest>): Promise<Verdict> {
  const { activity, sender, me, now } = incoming;

  // Authentication: the sender signed; the answer is on their host, and theirs when it came along.
  const asked = await readReplyRequest(activity, sender, now);
  if (asked === null) return { dropped: "no answer of the sender's to that" };
  const { uri, answered, answerUri, post } = asked;

  // Authorization: whoever may not see the post does not learn that it is there (A11).
  const personId = idOf(sender.uri);
  const stands = await mayAnswer(tx, me, idOf(answered), personId);
  if (stands === "unseen") return { dropped: "not theirs to ask" };
  const author = await postAuthor(tx, answerUri);
  if (author !== null && author !== sender.uri) return { dropped: "another's post" };
  // What they say waits at the gate like any words of theirs; leave would be a way past it.
  if (stands === "yes" && (await isStranger(tx, me, personId))) {
    return post === null ? { dropped: "nothing said" } : waitAtGate(tx, incoming, post);
  }

  await savePerson(tx, sender, now);
  if (stands === "yes" && post !== null) await receivePost(tx, me, await cardOfPost(tx, me, post), now);
  const about = { uri, postId: idOf(answered), answerUri, personId };
  await send(tx, sender.host, { kind: "reply-answer", about }, now);
  return "accepted";
}
