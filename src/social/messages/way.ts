import { NodeError } from "../../lib/errors.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { messengersOf } from "./keys/queries.ts";
import type { ConversationView } from "./view.ts";

export type Way = ConversationView["way"];

/** How each of these people can be written to; who has no address is not in it. */
export async function waysTo(read: ReadClient, personIds: string[]): Promise<Map<string, Way>> {
  const people = await messengersOf(read, personIds);
  return new Map(
    [...people].map(([id, { keyUri, friendly }]): [string, Way] => {
      if (friendly) return [id, keyUri === "" ? "unknown" : "sealed"];
      return [id, keyUri === "" ? "open" : "mail"];
    }),
  );
}

/** Throws "person-not-found", and "not-encrypted" where nothing would be sealed for their device. */
export async function requireWay(read: ReadClient, me: Identity, personId: string): Promise<void> {
  const way = personId === me.ownerId ? undefined : (await waysTo(read, [personId])).get(personId);
  if (way === undefined) throw new NodeError("person-not-found", "nobody to write to");
  if (way !== "sealed" && way !== "unknown") throw new NodeError("not-encrypted", "no device that opens it");
}
