import {
  Accept,
  type Activity,
  Add,
  Announce,
  Block,
  Create,
  Delete,
  EmojiReact,
  Flag,
  Follow,
  Like,
  Move,
  Offer,
  QuoteRequest,
  Reject,
  Remove,
  ReplyRequest,
  Undo,
  Update,
} from "@fedify/fedify/vocab";
import type { Verdict } from "../../lib/verdict.ts";
import type { Tx } from "../../store/tx.ts";
import { accept } from "./accept.ts";
import { add } from "./add.ts";
import { announce } from "./announce.ts";
import { block } from "./block.ts";
import { create } from "./create.ts";
import { remove } from "./delete.ts";
import { flag } from "./flag.ts";
import { follow } from "./follow.ts";
import type { Incoming } from "./incoming.ts";
import { like } from "./like.ts";
import { move } from "./move.ts";
import { offer } from "./offer.ts";
import { quoteRequest } from "./quote-request.ts";
import { reject } from "./reject.ts";
import { unpin } from "./remove.ts";
import { replyRequest } from "./reply-request.ts";
import { undo } from "./undo.ts";
import { update } from "./update.ts";

type Handler = { name: string; handle(tx: Tx, incoming: Incoming): Promise<Verdict> | null };

const handlers: readonly Handler[] = [
  on(Follow, follow),
  on(Accept, accept),
  on(Reject, reject),
  on(Undo, undo),
  on(Create, create),
  on(Update, update),
  on(Delete, remove),
  on(Like, like),
  on(EmojiReact, like),
  on(Announce, announce),
  on(Add, add),
  on(Remove, unpin),
  on(Block, block),
  on(Flag, flag),
  on(Move, move),
  on(QuoteRequest, quoteRequest),
  on(ReplyRequest, replyRequest),
  on(Offer, offer),
];

/** Names of the activities that have an effect; FEDERATION.md lists the same. */
export const understood = handlers.map((handler) => handler.name);

export async function dispatch(tx: Tx, incoming: Incoming): Promise<Verdict> {
  for (const handler of handlers) {
    const verdict = handler.handle(tx, incoming);
    if (verdict !== null) return verdict;
  }
  return { dropped: "not yet understood" };
}

function on<A extends Activity>(
  type: { new (...values: never[]): A; readonly typeId: URL },
  handle: (tx: Tx, incoming: Incoming<A>) => Promise<Verdict>,
): Handler {
  return {
    name: type.typeId.hash.slice(1),
    handle: (tx, incoming) =>
      incoming.activity instanceof type ? handle(tx, { ...incoming, activity: incoming.activity }) : null,
  };
}
