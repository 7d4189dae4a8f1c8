import { idOf } from "../../../lib/ids.ts";
import type { Identity } from "../../identity/identity.ts";

/** Where a message of the owner's is said to be, for those elsewhere; nobody can fetch it. `letterId`: random. */
export function noteUriOf(me: Identity, letterId: string): string {
  return `${me.origin}/acts/${idOf("note", letterId)}`;
}
