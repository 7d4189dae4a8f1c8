import { randomId, systemRandom } from "../../lib/ids.ts";
import { enqueue } from "../../store/jobs.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanAddress } from "../html.ts";
import { fileName } from "./file-name.ts";
import { MOST_FOREIGN_FILES } from "./limits.ts";
import { altOf, type FileKind } from "./media.ts";
import {
  type AttachmentRow,
  attachmentsOf,
  deleteAttachments,
  insertAttachment,
  updateAttachment,
} from "./queries.ts";

/** A file of somebody else's post as they tell of it. Nothing of it is here yet. */
export type FileCard = {
  kind: FileKind;
  type: string;
  url: string;
  alt: string;
  name: string;
  blurhash: string;
  width: number;
  height: number;
  length: number;
  bytes: number;
};

/** Longer than anybody sleeps who is awake again now and then; what is older, a click fetches. */
const PREFETCHED_WITHIN = 3 * 24 * 60 * 60_000;

/** ahead: without a click. said: when the post was published; a thousand old ones that come at once bring no pictures. */
export type Ahead = { ahead: boolean; said: number; now: number };

/**
 * The files of somebody else's post are these from now on. `ahead`: its pictures are fetched without a click, later, at
 * a time nobody can foresee. True: that is a change.
 */
export async function setForeignFiles(
  tx: Tx,
  postId: string,
  cards: readonly FileCard[],
  o: Ahead,
): Promise<boolean> {
  const before = await attachmentsOf(tx, [postId]);
  const wanted = new Map(cards.slice(0, MOST_FOREIGN_FILES).map((card) => [cleanAddress(card.url), card]));
  wanted.delete("");
  const gone = before.filter(({ url }) => !wanted.has(url));
  await deleteAttachments(tx, gone);
  let changed = gone.length > 0;
  let place = 0;
  for (const [url, card] of wanted) {
    const data = { ...factsOf(card), url, place: place++ };
    const row = before.find((one) => one.url === url);
    if (row === undefined) await add(tx, { ...data, postId }, o);
    else if (differs(row, data)) await updateAttachment(tx, row.id, data);
    else continue;
    changed = true;
  }
  return changed;
}

type Facts = ReturnType<typeof factsOf> & { url: string; place: number };

async function add(tx: Tx, data: Facts & { postId: string }, o: Ahead): Promise<void> {
  const id = randomId(systemRandom);
  await insertAttachment(tx, { ...data, id });
  if (!o.ahead || data.kind !== "picture" || o.now - o.said > PREFETCHED_WITHIN) return;
  // Of no peer: a picture that does not come holds back nothing else.
  const job = { kind: "fetch-file", peer: "", about: { attachmentId: id }, lifeMs: PREFETCHED_WITHIN };
  await enqueue(tx, job, o.now);
}

function differs(row: AttachmentRow, data: Facts): boolean {
  return row.alt !== data.alt || row.place !== data.place || row.name !== data.name;
}

const bounded = (value: number, most: number) =>
  Number.isFinite(value) ? Math.min(Math.max(0, Math.trunc(value)), most) : 0;

function factsOf(card: FileCard) {
  return {
    kind: card.kind,
    type: /^[a-z]{1,20}\/[a-z0-9.+-]{1,60}$/.test(card.type) ? card.type : "",
    alt: altOf(card.alt),
    name: card.kind === "file" ? fileName(card.name) : "",
    blurhash: /^[0-9A-Za-z#$%*+,\-.:;=?@[\]^_{|}~]{6,100}$/.test(card.blurhash) ? card.blurhash : "",
    width: bounded(card.width, 100_000),
    height: bounded(card.height, 100_000),
    length: bounded(card.length, 2_000_000_000),
    bytes: bounded(card.bytes, 2_000_000_000),
  };
}
