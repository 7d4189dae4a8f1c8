import { Accept, type Activity, Reject, ReplyAuthorization, ReplyRequest } from "@fedify/fedify/vocab";
import { sameHost } from "../addresses.ts";
import { soleObject } from "./object-of.ts";
import type { ReadPost } from "./post.ts";
import { instrumentOf } from "./quote-request.ts";

const ADDRESS_MAX = 2_000;

/** `post`: the answer, where it came along; null: it is only named. */
export type ReadReplyRequest = { uri: string; answered: string; answerUri: string; post: ReadPost | null };

/** Somebody's question whether they may answer (GoToSocial's interaction controls). Null: with no answer of theirs to that. */
export async function readReplyRequest(
  activity: ReplyRequest,
  sender: { uri: string; followersUri: string },
  now: number,
): Promise<ReadReplyRequest | null> {
  const [uri, answerUri] = [activity.id?.href ?? "", activity.instrumentId?.href ?? ""];
  const answered = soleObject(activity)?.href ?? "";
  if (uri === "" || !sameHost(answerUri, sender.uri)) return null;
  if (answerUri.length > ADDRESS_MAX || uri.length > ADDRESS_MAX) return null;
  const post = await instrumentOf(activity, sender, now);
  if (post !== null && (post.uri !== answerUri || post.replyToUri !== answered)) return null;
  return { uri, answered, answerUri, post };
}

export type Asked = { uri: string; person: string; answered: string; answerUri: string };

/** The owner's answer, with the question in it. `leave`: where it can be looked at; null: they may not. */
export function replyAnswer(id: string, actor: string, asked: Asked, leave: string | null): Activity {
  const values = {
    id: new URL(id),
    actor: new URL(actor),
    to: new URL(asked.person),
    object: new ReplyRequest({
      id: new URL(asked.uri),
      actor: new URL(asked.person),
      object: new URL(asked.answered),
      instrument: new URL(asked.answerUri),
    }),
  };
  return leave === null ? new Reject(values) : new Accept({ ...values, result: new URL(leave) });
}

export function replyAuthorization(
  uri: string,
  leave: { author: string; answerUri: string; answered: string },
): ReplyAuthorization {
  return new ReplyAuthorization({
    id: new URL(uri),
    attribution: new URL(leave.author),
    interactingObject: new URL(leave.answerUri),
    interactionTarget: new URL(leave.answered),
  });
}
