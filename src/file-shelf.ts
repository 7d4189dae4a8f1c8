import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { clean } from "./containers/clean.ts";
import { SNIFFED, type Sniffed, sniff } from "./containers/sniff.ts";
import { type Cleaned, edited, type Source } from "./containers/source.ts";
import type { Clock } from "./lib/clock.ts";
import { asNodeError, type ErrorCode, NodeError } from "./lib/errors.ts";
import { type Made, type PictureChild, reencode } from "./pictures/reencode.ts";
import type { Viewer } from "./social/access.ts";
import { fileName } from "./social/media/file-name.ts";
import { LARGEST_FILE, LARGEST_PICTURE, LONGEST_FILM } from "./social/media/limits.ts";
import { type MediaRow, mediaRow, type NewMedia, saveMediaRow } from "./social/media/media.ts";
import { shownFile } from "./social/media/shown.ts";
import { MESSAGE_FILES } from "./social/messages/files/file.ts";
import type { Staged } from "./store/media-files.ts";
import type { Store } from "./store/store.ts";
import type { MediaFile } from "./web/ports.ts";

/** What the owner adds to posts and messages, and what of it is handed out. */
export type OwnFiles = {
  /**
   * Takes in a file of the owner, cleaned of what it tells about them; returns the id of its media row. Throws
   * "file-too-large", "film-too-long", "film-not-readable", "picture-…". `said`: name and type as the browser gives them.
   */
  add(bytes: Readable, said: { name: string; type: string }): Promise<string>;
  /**
   * The same for a message: larger, and of any length; a film or a sound that cannot be looked into is taken as the file it
   * is. Throws "message-file-too-large", "picture-…".
   */
  addForMessage(bytes: Readable, said: { name: string; type: string }): Promise<string>;
  /** For whoever asks over the network. */
  shownTo(mediaId: string, viewer: Viewer): Promise<MediaFile | null>;
};

export type OwnFilesOptions = PictureChild & { store: Store; now: Clock };

export function createOwnFiles(o: OwnFilesOptions): OwnFiles {
  // One picture at a time: decoding takes hundreds of megabytes.
  let decoding: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<Made>): Promise<Made> => {
    const mine = decoding.then(work, work);
    decoding = mine.catch(() => {});
    return mine;
  };
  return {
    async add(bytes, said) {
      await using staged = await o.store.media.stage(upTo(bytes, LARGEST_FILE));
      const media = await keep(o, staged, said, inTurn);
      await o.store.transact((tx) => saveMediaRow(tx, media, "waiting", o.now()));
      return media.id;
    },
    async addForMessage(bytes, said) {
      const body = upTo(bytes, MESSAGE_FILES.largest, "message-file-too-large");
      const media = await keepForMessage(o, body, said, inTurn);
      await o.store.transact((tx) => saveMediaRow(tx, media, "waiting", o.now()));
      return media.id;
    },
    async shownTo(mediaId, viewer) {
      const row = await shownFile(o.store.read, mediaId, viewer);
      return row === null ? null : sealedFile(o.store, row);
    },
  };
}

export async function sealedFileById(store: Store, id: string): Promise<MediaFile | null> {
  const row = await mediaRow(store.read, id);
  return row === null ? null : sealedFile(store, row);
}

export function sealedFile(store: Store, { id, type, bytes, name }: MediaRow): MediaFile {
  return { type, bytes, name, open: (range) => store.media.read(id, range) };
}

/** The same bytes; throws as soon as there are more. */
export async function* upTo(
  bytes: AsyncIterable<Buffer>,
  most: number,
  code: ErrorCode = "file-too-large",
): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.byteLength;
    if (size > most) throw new NodeError(code, "over the limit of bytes");
    yield piece;
  }
}

/** Enough of the beginning to tell what it is, and all of it. */
export async function begun(
  body: AsyncGenerator<Buffer>,
): Promise<{ start: Buffer; whole: AsyncGenerator<Buffer> }> {
  const first: Buffer[] = [];
  let size = 0;
  while (size < SNIFFED) {
    const { value, done } = await body.next();
    if (done === true) break;
    first.push(value);
    size += value.byteLength;
  }
  const start = Buffer.concat(first);
  const whole = async function* () {
    if (start.byteLength > 0) yield start;
    yield* body;
  };
  return { start, whole: whole() };
}

async function all(bytes: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of bytes as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

type Said = { name: string; type: string };

type InTurn = (work: () => Promise<Made>) => Promise<Made>;

const emptyFile = () => new NodeError("bad-request", "an empty file", { safe: "That file is empty." });

async function keep(o: OwnFilesOptions, staged: Staged, said: Said, inTurn: InTurn): Promise<NewMedia> {
  if (staged.bytes === 0) throw emptyFile();
  const found = sniff(await all(staged.read({ start: 0, end: SNIFFED - 1 })));
  refuse(found, said.type);
  const { media } = o.store;
  if (found.as === "picture") return keepPicture(o, staged, inTurn);
  if (found.as === "media") {
    const cleaned = await clean(sourceOf(staged), found.format);
    if (cleaned.length > LONGEST_FILM) throw new NodeError("film-too-long", "over ten minutes");
    return { ...(await keepCleaned(o.store, staged, cleaned)) };
  }
  const id = await media.put(staged.read());
  return { id, type: "application/octet-stream", bytes: staged.bytes, name: fileName(said.name) };
}

async function keepPicture(o: OwnFilesOptions, staged: Staged, inTurn: InTurn): Promise<NewMedia> {
  if (staged.bytes > LARGEST_PICTURE) throw new NodeError("picture-too-large", "over 20 MB");
  const { bytes, ...facts } = await inTurn(async () => reencode(o, await all(staged.read()), "whole"));
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { ...facts, id: await o.store.media.put(bytes), bytes: bytes.byteLength, sha256 };
}

async function keepForMessage(
  o: OwnFilesOptions,
  body: AsyncGenerator<Buffer>,
  said: Said,
  inTurn: InTurn,
): Promise<NewMedia> {
  const { start, whole } = await begun(body);
  if (start.byteLength === 0) throw emptyFile();
  const found = sniff(start);
  if (found.as === "sealed-picture" || (found.as === "other" && isA("image", said.type)))
    throw new NodeError("picture-kind", "not a kind of picture we make anew");
  if (found.as !== "picture" && found.as !== "media") return keepAsItIs(o.store, whole, said);
  await using staged = await o.store.media.stage(whole);
  if (found.as === "picture") return await keepPicture(o, staged, inTurn);
  try {
    return await keepCleaned(o.store, staged, await clean(sourceOf(staged), found.format));
  } catch (error) {
    if (asNodeError(error).code !== "film-not-readable") throw error;
    return await keepAsItIs(o.store, staged.read() as AsyncIterable<Buffer>, said);
  }
}

async function keepAsItIs(store: Store, plain: AsyncIterable<Buffer>, said: Said): Promise<NewMedia> {
  const { bytes, id, sha256 } = await putHashed(store, plain);
  return { id, bytes, sha256, type: "application/octet-stream", name: fileName(said.name) };
}

async function putHashed({ media }: Store, plain: AsyncIterable<Buffer>) {
  const hash = createHash("sha256");
  let bytes = 0;
  const counted = async function* () {
    for await (const piece of plain) {
      hash.update(piece);
      bytes += piece.byteLength;
      yield piece;
    }
  };
  const id = await media.put(Readable.from(counted()));
  return { id, bytes, sha256: hash.digest("hex") };
}

const isA = (group: string, type: string) => type.split("/", 1)[0]?.toLowerCase() === group;

/** What cannot be cleaned is not taken; nor is what calls itself a picture, a film or a sound and is none. */
function refuse(found: Sniffed, type: string): void {
  if (found.as === "sealed-picture" || (found.as === "other" && isA("image", type)))
    throw new NodeError("picture-kind", "not a kind of picture we make anew");
  if (found.as === "sealed-media" || (found.as === "other" && (isA("video", type) || isA("audio", type))))
    throw new NodeError("film-not-readable", "a container we do not know");
}

async function keepCleaned(store: Store, staged: Staged, cleaned: Cleaned): Promise<NewMedia> {
  const { from, to, type, width, height, length } = cleaned;
  const plain = staged.read({ start: from, end: to - 1 }) as AsyncIterable<Buffer>;
  return { type, width, height, length, ...(await putHashed(store, edited(plain, cleaned))) };
}

function sourceOf(staged: Staged): Source {
  return {
    size: staged.bytes,
    read: (from, length) =>
      from >= staged.bytes || length <= 0
        ? Promise.resolve(Buffer.alloc(0))
        : all(staged.read({ start: from, end: from + length - 1 })),
  };
}
