import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { countWaiting, hasAsked, hasOffered, hasTies, knockRow } from "./queries.ts";

/** So many people wait for the owner at a time; whoever comes then is asked to come again. */
export const MOST_WAITING = 200;

/**
 * How somebody stands before the gate. known: nothing to wait for. waits: something of theirs does. room: something
 * could. full: nobody is sent away to make room, so that a flood cannot wash out who came before it.
 */
export type AtGate = "known" | "waits" | "room" | "full";

export async function atGate(read: ReadClient, me: Identity, personId: string): Promise<AtGate> {
  if (personId === me.ownerId || (await hasTies(read, me.ownerId, personId))) return "known";
  if (await waits(read, me, personId)) return "waits";
  return (await countWaiting(read, me.ownerId, MOST_WAITING)) < MOST_WAITING ? "room" : "full";
}

export async function isStranger(read: ReadClient, me: Identity, personId: string): Promise<boolean> {
  return personId !== me.ownerId && !(await hasTies(read, me.ownerId, personId));
}

/** Of whoever waits at the gate nothing is fetched. */
export async function isWaiting(read: ReadClient, me: Identity, personId: string): Promise<boolean> {
  return (await waits(read, me, personId)) && isStranger(read, me, personId);
}

async function waits(read: ReadClient, me: Identity, personId: string): Promise<boolean> {
  if ((await knockRow(read, personId)) !== null) return true;
  return (await hasAsked(read, me.ownerId, personId)) || hasOffered(read, personId);
}
