import type { ReadClient } from "../../../store/tx.ts";
import type { Identity } from "../../identity/identity.ts";
import type { ConversationView } from "../view.ts";
import { numberWith } from "./number.ts";

/**
 * What the owner compares with somebody, in groups: the number that both devices show, or, with an OpenPGP program at the other
 * end, the fingerprint of the key that their address names now. null: no key of theirs is known.
 */
export async function comparedWith(
  read: ReadClient,
  me: Identity,
  { person, trust, way }: Pick<ConversationView, "person" | "trust" | "way">,
): Promise<string[] | null> {
  if (way !== "mail") return numberWith(read, me, person.id);
  if (trust.kind === "none") return null;
  const fingerprint = trust.kind === "changed" ? trust.offered : trust.fingerprint;
  return fingerprint.toUpperCase().match(/.{4}/g);
}
