import { NodeError } from "../../lib/errors.ts";
import { type Learned, learnKey } from "../../social/messages/keys/learn.ts";
import { type Messenger, messengersOf } from "../../social/messages/keys/queries.ts";
import { fetchKey } from "../fetch-key.ts";
import type { Parts } from "../parts.ts";
import { fetchPerson } from "./fetch.ts";

/**
 * Asks a person's address for their key, and puts down what it says. Throws "person-not-found", "not-encrypted" where no letters are
 * understood, "key-not-understood" where no key is, "peer-off", "tor-down", and what
 * keeps a profile from being read ("not-found" and the like).
 */
export async function learnKeyNow(parts: Parts, personId: string, signal?: AbortSignal): Promise<Learned> {
  const messenger = await messengerNow(parts, personId);
  if (messenger === undefined) throw new NodeError("person-not-found", "nobody with an address");
  if (!messenger.friendly) throw new NodeError("not-encrypted", "their device understands no letters");
  const bytes = await fetchKey(messenger, signal);
  return parts.store.transact((tx) => learnKey(tx, personId, bytes, parts.now()));
}

/** Somebody whose profile named no key when it was read may name one now. */
async function messengerNow(parts: Parts, personId: string): Promise<Messenger | undefined> {
  const { read } = parts.store;
  const known = (await messengersOf(read, [personId])).get(personId);
  if (known === undefined || known.keyUri !== "") return known;
  await fetchPerson(parts, known.uri);
  return (await messengersOf(read, [personId])).get(personId);
}
