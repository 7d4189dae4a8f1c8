import {
  Accept,
  type Activity,
  type Article,
  Delete,
  type Note,
  type Question,
  QuoteRequest,
  Reject,
} from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import { stampUri } from "../../social/quotes/stamp-uri.ts";
import type { Addresses } from "../addresses.ts";
import type { Parts } from "../parts.ts";
import { quoteStamp, type StampToSend } from "../quote-queries.ts";
import { stampObject } from "../translate/quote.ts";
import { quoteRequestId } from "../translate/quote-request.ts";

/** The owner asks to quote, with the post that would. */
export function quoteRequestActivity(
  at: Addresses,
  note: Note | Article | Question,
  asked: { postUri: string; quotedUri: string; person: string },
): QuoteRequest {
  return new QuoteRequest({
    id: new URL(quoteRequestId(asked.postUri)),
    actor: new URL(at.person),
    object: new URL(asked.quotedUri),
    instrument: note,
    to: new URL(asked.person),
  });
}

/** The owner's answer, with the question in it. */
export function quoteAnswerActivity(
  at: Addresses,
  stamp: StampToSend,
  state: "granted" | "refused",
): Activity {
  const values = {
    id: new URL(at.activity(idOf("quote-answer", stamp.id, state))),
    actor: new URL(at.person),
    to: new URL(stamp.person.uri),
    object: new QuoteRequest({
      id: URL.parse(stamp.uri),
      actor: new URL(stamp.person.uri),
      object: new URL(stamp.postUri),
      instrument: new URL(stamp.quotingUri),
    }),
  };
  if (state === "refused") return new Reject(values);
  return new Accept({ ...values, result: new URL(stampUri(at, stamp.id)) });
}

/** Leave is taken back. Only its address is named, nothing of the posts. */
export function quoteRevokedActivity(at: Addresses, stamp: StampToSend): Delete {
  const uri = stampUri(at, stamp.id);
  return new Delete({
    id: new URL(`${uri}#delete`),
    actor: new URL(at.person),
    object: new URL(uri),
    to: new URL(stamp.person.uri),
  });
}

/** Served at its address for as long as the leave holds. */
export async function grantedStamp({ store, at }: Parts, id: string) {
  const stamp = await quoteStamp(store.read, id);
  if (stamp === null || stamp.state !== "granted") return null;
  const { postUri: quoted, quotingUri: quoting } = stamp;
  return stampObject(stampUri(at, id), { author: at.person, quoting, quoted });
}
