import type { Identity } from "../identity/identity.ts";

/** Where others read that the owner gave leave. */
export function stampUri(me: Pick<Identity, "origin">, stampId: string): string {
  return `${me.origin}/quotes/${stampId}`;
}
