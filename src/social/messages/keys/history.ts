import type { ReadClient } from "../../../store/tx.ts";
import type { Verified } from "../view.ts";
import { keyRows } from "./queries.ts";
import { verifiedOf } from "./trust.ts";

/** used: messages go to it. offered: their address names it now. refused: the owner said it is not theirs. Times in milliseconds, 0: never. */
export type KeyView = {
  fingerprint: string;
  state: "used" | "offered" | "past" | "refused";
  verified: Verified | "";
  verifiedAt: number;
  firstSeenAt: number;
};

/** Every key that was ever seen of somebody, the newest first. */
export async function keysOf(read: ReadClient, personId: string): Promise<KeyView[]> {
  return (await keyRows(read, personId)).map(({ fingerprint, state, verified, verifiedAt, firstSeenAt }) => ({
    fingerprint,
    state:
      state === "given"
        ? "offered"
        : state === "used" || state === "offered" || state === "refused"
          ? state
          : "past",
    verified: verifiedOf(verified),
    verifiedAt: verifiedAt.getTime(),
    firstSeenAt: firstSeenAt.getTime(),
  }));
}
