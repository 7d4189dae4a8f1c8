import type { ReadClient } from "../../store/tx.ts";
import { postRow } from "../posts/queries.ts";
import { hereAmong, listingPosts, lookIn, namedIn } from "./queries.ts";

/** Named answers that are remembered of one thread. */
export const MOST_NAMED = 1_000;

/**
 * What of a thread is known not to be here. never: nobody looked, and somebody says where answers are listed. looking:
 * `left` are on their way. looked: `missing` were named and are not here, among them `off` and `outside`; `gone` are no
 * more, or not for the owner. `listOff`, `listOutside`, `listRefused`: somebody's list could not be read. `cut`: more was named
 * than is read at one time. Times in milliseconds.
 */
export type Gap =
  | { at: "never" }
  | { at: "looking"; left: number; listOff: boolean }
  | {
      at: "looked";
      lookedAt: number;
      missing: number;
      off: number;
      outside: number;
      gone: number;
      listOff: boolean;
      listOutside: boolean;
      listRefused: boolean;
      cut: boolean;
    };

/** null: there is nothing to say. */
export async function gapOf(read: ReadClient, postId: string): Promise<Gap | null> {
  const row = await postRow(read, postId);
  if (row === null) return null;
  const look = await lookIn(read, row.threadId);
  if (look === null) {
    const saying = [row.id, row.threadId];
    const lists = await listingPosts(read, row.threadId, saying, saying.length);
    return lists.some(({ id }) => saying.includes(id)) ? { at: "never" } : null;
  }
  const named = await namedIn(read, row.threadId, MOST_NAMED);
  const here = await hereAmong(
    read,
    named.map(({ uri }) => uri),
  );
  const missing = named.filter(({ uri }) => !here.has(uri));
  const count = (why: string) => missing.filter((one) => one.why === why).length;
  const left = count("");
  const listOff = look.why === "off";
  const isRead = look.readAt >= look.askedAt;
  if (left > 0 || (!isRead && look.why === "")) return { at: "looking", left, listOff };
  return {
    at: "looked",
    lookedAt: look.readAt.getTime(),
    missing: missing.length - count("gone"),
    off: count("off"),
    outside: count("outside"),
    gone: count("gone"),
    listOff,
    listOutside: look.why === "outside",
    listRefused: look.why === "refused",
    cut: look.cut || count("later") > 0,
  };
}
