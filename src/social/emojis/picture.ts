import { enqueue, isPlanned } from "../../store/jobs.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import { keepShown } from "../media/kept-shown.ts";
import type { NewMedia } from "../media/media.ts";
import { isHostBlocked } from "../people/queries.ts";
import { emojiRow, putEmoji } from "./queries.ts";

type Named = { host: string; shortcode: string };

/** Fetched later, at a time nobody can foresee, as pictures of people are. */
export async function planEmoji(tx: Tx, { host, shortcode }: Named, now: number): Promise<void> {
  const job = { kind: "fetch-emoji", peer: "", about: { host, shortcode } };
  if (!(await isPlanned(tx, job))) await enqueue(tx, job, now);
}

/** Where it is to be fetched from; null: it is here, or it is not wanted. */
export async function emojiWanted(read: ReadClient, { host, shortcode }: Named): Promise<string | null> {
  const row = await emojiRow(read, host, shortcode);
  if (row === null || row.url === "" || row.mediaId !== "" || (await isHostBlocked(read, host))) return null;
  return row.url;
}

/** It came from this address; false: it has another by now. */
export async function keepEmoji(
  tx: Tx,
  from: Named & { url: string },
  file: NewMedia,
  now: number,
): Promise<boolean> {
  const isStill = (await emojiWanted(tx, from)) === from.url;
  await keepShown(tx, file, now, isStill);
  if (isStill) await putEmoji(tx, { ...from, mediaId: file.id }, now);
  return isStill;
}
