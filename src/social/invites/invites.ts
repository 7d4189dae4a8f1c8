import { createHash } from "node:crypto";
import { type Random, randomId } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { dropExpired, dropInvite, dropOldest, insertInvite, liveInvite } from "./queries.ts";

/** An invitation is good for one person, and so long. */
export const INVITE_LIFE = 7 * 24 * 60 * 60_000;
const MOST = 50;
const TOKEN = /^[0-9a-f]{32}$/;

const hashOf = (token: string) => createHash("sha256").update(`invite\n${token}`).digest("hex");

/** Makes an invitation and returns what has to be shown to get in; nobody can read that here afterwards. */
export async function invite(tx: Tx, now: number, random: Random): Promise<string> {
  await dropExpired(tx, now);
  await dropOldest(tx, MOST - 1);
  const token = randomId(random);
  await insertInvite(tx, { id: randomId(random), hash: hashOf(token) }, { now, until: now + INVITE_LIFE });
  return token;
}

/** Whether an invitation is good now; it stays so. */
export async function isInvited(read: ReadClient, token: string, now: number): Promise<boolean> {
  return TOKEN.test(token) && (await liveInvite(read, hashOf(token), now)) !== null;
}

/** Uses an invitation up. False: there is none such, or no more. */
export async function useInvite(tx: Tx, token: string, now: number): Promise<boolean> {
  if (!TOKEN.test(token)) return false;
  const id = await liveInvite(tx, hashOf(token), now);
  if (id === null) return false;
  await dropInvite(tx, id);
  return true;
}
