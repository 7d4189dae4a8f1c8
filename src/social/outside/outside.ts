/**
 * Servers outside the onion network. They are reached through a Tor exit, and learn the owner's onion address, so the
 * owner decides once for each: asked, until then nothing goes there.
 */
export type OutsideState = "asked" | "allowed" | "refused";
export type OutsideServer = { host: string; state: OutsideState; at: number };

/** Questions that may wait; anybody can claim to come from anywhere. */
export const MOST_ASKED = 20;
/** A question nobody answered goes away, milliseconds; it comes back with the next occasion. */
export const ASKED_KEPT_MS = 14 * 24 * 60 * 60_000;
