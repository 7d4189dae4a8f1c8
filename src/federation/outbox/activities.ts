import {
  Accept,
  type Activity,
  Create,
  Delete,
  Follow,
  type Person,
  Reject,
  Tombstone,
  Undo,
  Update,
} from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import { written } from "../../social/audiences/choice.ts";
import type { Addresses } from "../addresses.ts";
import type { OwnPostToSend } from "../own-posts/queries.ts";
import { policyOf, type Reader } from "../translate/policy.ts";
import { noteOf } from "../translate/post.ts";
import { addressingOf } from "../translate/reach.ts";

/**
 * The owner's activities. Their ids are made from what they are about, never at the moment of sending:
 * a delivery that is tried again, because the answer got lost, is then known as the same one.
 */
export type Writer = { at: Addresses; circleOf: (postUri: string) => string };

/** One copy of a post. reader null: the copy anyone may read. */
export function noteFor(writer: Writer, sent: OwnPostToSend, reader: Reader | null) {
  const recipient = reader?.uri ?? null;
  const reach = sent.reach ?? "chosen";
  const mentioned =
    reach === "chosen" ? sent.mentioned.filter((person) => person.uri === recipient) : sent.mentioned;
  const addressing = addressingOf(reach, {
    followers: writer.at.followers,
    recipient,
    circle: writer.at.circle(writer.circleOf(sent.post.uri)),
    mentioned: sent.mentioned.map((person) => person.uri),
  });
  const { quotable = "nobody" } = sent.post;
  const policy = policyOf({ quotable, answerable: sent.thing.answerable ?? null }, writer.at, reader);
  return { note: noteOf(sent.post, writer.at.person, addressing, mentioned, policy), addressing };
}

/** Create, or Update once the recipient has the post. */
export function postActivity(
  writer: Writer,
  sent: OwnPostToSend,
  reader: Reader | null,
  has: boolean,
): Activity {
  const { note, addressing } = noteFor(writer, sent, reader);
  const values = {
    actor: new URL(writer.at.person),
    object: note,
    tos: addressing.to,
    ccs: addressing.cc,
    published: Temporal.Instant.fromEpochMilliseconds(sent.post.publishedAt),
  };
  return has
    ? new Update({ ...values, id: new URL(`${sent.post.uri}#update-${versionOf(sent)}`) })
    : new Create({ ...values, id: new URL(`${sent.post.uri}#create`) });
}

/** What of a post may change after it was sent: the words, whose leave there is to quote, and that a poll is over. */
export function versionOf({ post, thing }: OwnPostToSend): string {
  const { editedAt, quote = null, quotable = "", quotableAt = 0, poll = null } = post;
  const times = [quotableAt, poll?.closedAt ?? 0].map((time) => (time === 0 ? "" : String(time)));
  const answers = thing.answerable == null ? "" : written(thing.answerable);
  const said = [quote?.uri ?? "", quote?.stamp ?? "", quotable, answers, ...times];
  return said.every((one) => one === "") ? String(editedAt) : `${editedAt}-${idOf(...said).slice(0, 8)}`;
}

export function deleteActivity(at: Addresses, postUri: string, recipient: string): Activity {
  return new Delete({
    id: new URL(`${postUri}#delete`),
    actor: new URL(at.person),
    object: new Tombstone({ id: new URL(postUri) }),
    to: new URL(recipient),
  });
}

export function followActivity(at: Addresses, id: string, person: string): Follow {
  return new Follow({
    id: new URL(id),
    actor: new URL(at.person),
    object: new URL(person),
    to: new URL(person),
  });
}

export function unfollowActivity(at: Addresses, id: string, followId: string, person: string): Activity {
  return new Undo({
    id: new URL(id),
    actor: new URL(at.person),
    object: followActivity(at, followId, person),
    to: new URL(person),
  });
}

/** The owner's answer to somebody's Follow, with that Follow in it: some servers look for it there. */
export function answerActivity(
  at: Addresses,
  id: string,
  answer: "accept" | "reject",
  request: { uri: string; person: string },
): Activity {
  const object = new Follow({
    id: request.uri === "" ? null : new URL(request.uri),
    actor: new URL(request.person),
    object: new URL(at.person),
  });
  const values = { id: new URL(id), actor: new URL(at.person), object, to: new URL(request.person) };
  return answer === "accept" ? new Accept(values) : new Reject(values);
}

export function profileActivity(at: Addresses, id: string, actor: Person): Activity {
  return new Update({
    id: new URL(id),
    actor: new URL(at.person),
    object: actor,
    tos: [new URL(at.followers)],
  });
}
