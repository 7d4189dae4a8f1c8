import { createHash, type Hash } from "node:crypto";
import { SNIFFED } from "./containers/sniff.ts";
import { typeFor } from "./foreign-files.ts";
import type { Clock } from "./lib/clock.ts";
import { asNodeError, NodeError } from "./lib/errors.ts";
import { randomId, systemRandom } from "./lib/ids.ts";
import { kindOf, saveMediaRow } from "./social/media/media.ts";
import { markDropped } from "./social/media/queries.ts";
import { type ComingFile, changeFile, changeMedia } from "./social/messages/files/queries.ts";
import type { Growing } from "./store/growing-file.ts";
import { CHUNK, SEALED_CHUNK } from "./store/media-seal.ts";
import type { Store } from "./store/store.ts";
import { openedFromWire, WireDamaged, wireBytes } from "./store/wire-seal.ts";

export type FetchingOptions = {
  store: Store;
  /** With caps and deadlines for a file of this size. */
  fetch: typeof globalThis.fetch;
  /** Says who asks. */
  sign: (request: Request) => Promise<Request>;
  now: Clock;
  /** Milliseconds within which a chunk has to come. */
  stall?: number;
};

/** What became of it. again: another time it may work. */
export type Fetched = "done" | "again" | "over";

const STALL = 120_000;
/** How often it is written down how much came, milliseconds. */
const NOTE_EVERY = 2_000;
const SAVED = "application/octet-stream";

/**
 * Fetches a file of somebody's message from their device, from where it broke off; each chunk is proven as it comes and
 * sealed at once. What is not what their letter speaks of is thrown away. The row is told how much came.
 */
export async function fetchFile(o: FetchingOptions, row: ComingFile, signal: AbortSignal): Promise<Fetched> {
  try {
    await fetched(o, row, signal);
    return "done";
  } catch (error) {
    if (signal.aborted) return "over";
    return afterwards(o, row, error);
  }
}

async function afterwards({ store }: FetchingOptions, row: ComingFile, error: unknown): Promise<Fetched> {
  const states = ["coming"];
  if (error instanceof WireDamaged) {
    await store.transact(async (tx) => {
      const failed = { state: "failed", why: "damaged", received: 0, mediaId: "" };
      if (await changeFile(tx, { id: row.id, states }, failed)) await markDropped(tx, [row.mediaId]);
    });
    return "over";
  }
  const { code } = asNodeError(error);
  if (code === "not-found") {
    await store.transact((tx) => changeFile(tx, { id: row.id, states }, { state: "gone" }));
    return "over";
  }
  if (code === "disk-full") {
    await store.transact((tx) => changeFile(tx, { id: row.id, states }, { state: "failed", why: code }));
    return "over";
  }
  if (code === "internal") throw error;
  return "again";
}

async function fetched(o: FetchingOptions, row: ComingFile, signal: AbortSignal): Promise<void> {
  const { store } = o;
  const { bytes } = row;
  if (row.mediaId === "") row.mediaId = await placeFor(o, row);
  const hash = createHash("sha256");
  {
    await using growing = await store.media.grow(row.mediaId);
    let whole = 0;
    for await (const chunk of growing.kept(Math.floor(bytes / CHUNK))) {
      signal.throwIfAborted();
      hash.update(chunk);
      whole += 1;
    }
    using watch = watching(signal, o.stall ?? STALL);
    const body = await asked(o, row, whole, watch.signal);
    await takeIn(o, { row, growing, hash, whole, seen: watch.seen }, body);
  }
  if (hash.digest("hex") !== row.sha256) throw new WireDamaged("another file than the letter speaks of");
  await keep(o, row);
}

/** A place on the disk, known before anything is in it. */
async function placeFor({ store, now }: FetchingOptions, row: ComingFile): Promise<string> {
  const mediaId = randomId(systemRandom);
  const { id, width, height, length, name } = row;
  await store.transact(async (tx) => {
    if (!(await changeFile(tx, { id, states: ["coming"] }, { mediaId })))
      throw new NodeError("file-gone", "not wanted any more");
    await saveMediaRow(
      tx,
      { id: mediaId, type: SAVED, bytes: 0, width, height, length, name },
      "message",
      now(),
    );
  });
  return mediaId;
}

async function asked(
  { fetch, sign }: FetchingOptions,
  { origin, wireId, bytes }: ComingFile,
  whole: number,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const [from, all] = [whole * SEALED_CHUNK, wireBytes(bytes)];
  const headers = { accept: "*/*", "user-agent": "TSSOP", range: `bytes=${from}-${all - 1}` };
  const request = new Request(`${origin}/blobs/${wireId}`, { redirect: "error", headers });
  const answer = await fetch(await sign(request), { signal }).catch((cause: unknown) => {
    for (let one = cause; one instanceof Error; one = one.cause) if (one instanceof NodeError) throw one;
    throw new NodeError("peer-off", "no answer", { cause });
  });
  const { status, body, headers: told } = answer;
  if (status === 206 && body !== null && told.get("content-range") === `bytes ${from}-${all - 1}/${all}`)
    return piecesOf(body, signal);
  await body?.cancel();
  if (status === 404 || status === 410) throw new NodeError("not-found", `status ${status}`);
  // A range of another whole, or none: it is another file.
  if (status === 206 || status === 200 || status === 416) throw new WireDamaged(`status ${status}`);
  throw new NodeError("peer-off", `status ${status}`);
}

/** What comes, until it ends or is not wanted any more. */
async function* piecesOf(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  const leave = () => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener("abort", leave);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener("abort", leave);
    leave();
  }
}

type Taking = { row: ComingFile; growing: Growing; hash: Hash; whole: number; seen: () => void };

async function takeIn(
  { store, now }: FetchingOptions,
  { row, growing, hash, whole, seen }: Taking,
  body: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { id, key, bytes } = row;
  const file = { key: Buffer.from(key), bytes, from: whole };
  let received = whole * CHUNK;
  let notedAt = 0;
  const note = async () => {
    notedAt = now();
    row.received = received;
    await store.transact((tx) => changeFile(tx, { id, states: ["coming"] }, { received }));
  };
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of openedFromWire(file, body)) {
      seen();
      hash.update(chunk);
      received += chunk.byteLength;
      if (chunk.byteLength === CHUNK) await growing.add(chunk);
      else rest = Buffer.from(chunk);
      if (now() - notedAt >= NOTE_EVERY) await note();
    }
  } catch (error) {
    await note();
    throw error instanceof WireDamaged || error instanceof NodeError
      ? error
      : new NodeError("peer-off", "the file broke off", { cause: error });
  }
  await growing.end(rest);
}

/** All of it is here. Only what its first bytes say is shown by a browser; anything else is for saving. */
async function keep(
  { store }: FetchingOptions,
  { id, mediaId, type: said, bytes }: ComingFile,
): Promise<void> {
  const start: Buffer[] = [];
  for await (const piece of store.media.read(mediaId, { start: 0, end: SNIFFED - 1 })) start.push(piece);
  const type = typeFor(kindOf(said), Buffer.concat(start)) ?? SAVED;
  await store.transact(async (tx) => {
    const here = { state: "here", why: "", received: bytes, type };
    if (await changeFile(tx, { id, states: ["coming"] }, here))
      await changeMedia(tx, mediaId, { bytes, type });
  });
}

/** Aborts when nothing was seen for so long; a trickle that never makes a chunk is nothing. */
function watching(outer: AbortSignal, stall: number) {
  const late = new AbortController();
  const giveUp = () => late.abort(new NodeError("peer-off", "nothing came"));
  let timer = setTimeout(giveUp, stall);
  return {
    signal: AbortSignal.any([outer, late.signal]),
    seen() {
      clearTimeout(timer);
      timer = setTimeout(giveUp, stall);
    },
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
