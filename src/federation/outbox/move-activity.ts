import { Move } from "@fedify/fedify/vocab";
import type { Addresses } from "../addresses.ts";

/** `at`: when the owner moved; a later move is another activity. */
export function moveActivity(addresses: Addresses, target: string, at: string): Move {
  return new Move({
    id: new URL(`${addresses.person}#move-${at}`),
    actor: new URL(addresses.person),
    object: new URL(addresses.person),
    target: new URL(target),
    tos: [new URL(addresses.followers)],
  });
}
