import type { ReadClient } from "../../../store/tx.ts";
import type { Identity } from "../../identity/identity.ts";
import { digitsOf } from "../number.ts";
import { fingerprintOf } from "../pgp/own-key.ts";
import { ownKeys } from "./own.ts";
import { messengersOf } from "./queries.ts";
import { trustIn } from "./trust.ts";

/**
 * The number that both read to each other: twelve groups of five digits. Of the key their address names now, if none is
 * given. null: no key of theirs is known.
 */
export async function numberWith(
  read: ReadClient,
  me: Identity,
  personId: string,
  fingerprint?: string,
): Promise<string[] | null> {
  const person = (await messengersOf(read, [personId])).get(personId);
  const trust = await trustIn(read, personId);
  const own = await ownKeys(read);
  const named =
    trust.kind === "none" ? undefined : trust.kind === "changed" ? trust.offered : trust.fingerprint;
  const theirs = fingerprint ?? named;
  if (person === undefined || own === null || theirs === undefined) return null;
  return digitsOf(
    { uri: me.ownerUri, fingerprint: await fingerprintOf(own.key) },
    { uri: person.uri, fingerprint: theirs },
  );
}
