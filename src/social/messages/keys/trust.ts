import type { ReadClient } from "../../../store/tx.ts";
import type { Trust, Verified } from "../view.ts";
import { keyRows, type PersonKeyRow } from "./queries.ts";

const ways: readonly Verified[] = ["number", "together", "phone", "introduced"];

/** What a newer version wrote is nothing that was looked at. */
export function verifiedOf(text: string): Verified | "" {
  return ways.find((way) => way === text) ?? "";
}

/** offered: their address names it. given: the owner was handed it, whatever their address names. */
const isInQuestion = (state: string) => state === "offered" || state === "given" || state === "refused";

/** How sure it is whose key a person's is, from all that were seen of theirs. */
export function trustOf(rows: readonly PersonKeyRow[]): Trust {
  const used = rows.find(({ state }) => state === "used");
  if (used === undefined) return { kind: "none" };
  const { fingerprint } = used;
  const how = verifiedOf(used.verified);
  const other = rows.find(({ state }) => isInQuestion(state));
  if (other !== undefined)
    return {
      kind: "changed",
      fingerprint,
      offered: other.fingerprint,
      refused: other.state === "refused",
      verifiedAt: how === "" ? 0 : used.verifiedAt.getTime(),
    };
  if (how === "") return { kind: "pinned", fingerprint, since: used.firstSeenAt.getTime() };
  return { kind: "verified", fingerprint, how, at: used.verifiedAt.getTime() };
}

export async function trustIn(read: ReadClient, personId: string): Promise<Trust> {
  return trustOf(await keyRows(read, personId));
}

/**
 * The key of somebody that the owner looked at themselves, or was with them; null: there is none. What others said of keys is not
 * passed on.
 */
export async function firstHandKey(read: ReadClient, personId: string): Promise<string | null> {
  const trust = await trustIn(read, personId);
  return trust.kind === "verified" && trust.how !== "introduced" ? trust.fingerprint : null;
}

/** Whether nothing is sent, because their address names another key than the one that is known. */
export async function isStopped(read: ReadClient, personId: string): Promise<boolean> {
  return (await trustIn(read, personId)).kind === "changed";
}

/** The key that messages go to; null: none is known yet. */
export async function usedKey(read: ReadClient, personId: string): Promise<PersonKeyRow | null> {
  return (await keyRows(read, personId)).find(({ state }) => state === "used") ?? null;
}
