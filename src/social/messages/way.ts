import { NodeError } from "../../lib/errors.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { keyRowsOf, messengersOf } from "./keys/queries.ts";
import { conversationRow } from "./queries.ts";
import type { ConversationView, MessageForm } from "./view.ts";

export type Way = ConversationView["way"];

/**
 * How each of these people can be written to; who has no address is not in it. Of whom any key is known nothing is open, whatever
 * their profile says now: there is no way down from what is encrypted.
 */
export async function waysTo(read: ReadClient, personIds: string[]): Promise<Map<string, Way>> {
  const people = await messengersOf(read, personIds);
  const keyed = new Set((await keyRowsOf(read, personIds)).map(({ personId }) => personId));
  return new Map(
    [...people].map(([id, { keyUri, friendly }]): [string, Way] => {
      if (friendly) return [id, keyUri === "" ? "unknown" : "sealed"];
      return [id, keyUri === "" && !keyed.has(id) ? "open" : "mail"];
    }),
  );
}

async function requireWay(read: ReadClient, me: Identity, personId: string): Promise<Way> {
  const way = personId === me.ownerId ? undefined : (await waysTo(read, [personId])).get(personId);
  if (way === undefined) throw new NodeError("person-not-found", "nobody to write to");
  return way;
}

/** Throws "person-not-found", and "not-encrypted" where nothing would be sealed for their device. */
export async function requireLetters(read: ReadClient, me: Identity, personId: string): Promise<void> {
  const way = await requireWay(read, me, personId);
  if (way !== "sealed" && way !== "unknown") throw new NodeError("not-encrypted", "no device that opens it");
}

/**
 * How a message to somebody goes. Throws "person-not-found", and "not-encrypted" where it would be read by others and the owner has
 * not agreed to that in this conversation.
 */
export async function formTo(read: ReadClient, me: Identity, personId: string): Promise<MessageForm> {
  const way = await requireWay(read, me, personId);
  if (way !== "open") return way === "mail" ? "mail" : "letter";
  if ((await conversationRow(read, personId))?.open !== true)
    throw new NodeError("not-encrypted", "the owner has not agreed");
  return "open";
}
