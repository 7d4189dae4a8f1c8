import type { Readable } from "node:stream";
import { clean } from "./containers/clean.ts";
import { SNIFFED, type Sniffed, sniff } from "./containers/sniff.ts";
import { type Cleaned, edited, type Source } from "./containers/source.ts";
import type { Clock } from "./lib/clock.ts";
import { NodeError } from "./lib/errors.ts";
import { type Made, type PictureChild, reencode } from "./pictures/reencode.ts";
import type { Viewer } from "./social/access.ts";
import { fileName } from "./social/media/file-name.ts";
import { LARGEST_FILE, LARGEST_PICTURE, LONGEST_FILM } from "./social/media/limits.ts";
import { type MediaRow, mediaRow, type NewMedia, saveMediaRow } from "./social/media/media.ts";
import { shownFile } from "./social/media/shown.ts";
import type { Staged } from "./store/media-files.ts";
import type { Store } from "./store/store.ts";
import type { MediaFile } from "./web/ports.ts";

/** What the owner adds to posts, and what of it is handed out. */
export type OwnFiles = {
  /**
   * Takes in a file of the owner, cleaned of what it tells about them; returns the id of its media row. Throws
   * "file-too-large", "film-too-long", "film-not-readable", "picture-…". `said`: name and type as the browser gives them.
   */
  add(bytes: Readable, said: { name: string; type: string }): Promise<string>;
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

function sealedFile(store: Store, { id, type, bytes, name }: MediaRow): MediaFile {
  return { type, bytes, name, open: (range) => store.media.read(id, range) };
}

/** The same bytes; throws "file-too-large" as soon as there are more. */
export async function* upTo(bytes: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.byteLength;
    if (size > most) throw new NodeError("file-too-large", "over the limit of bytes");
    yield piece;
  }
}

async function all(bytes: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of bytes as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

type Said = { name: string; type: string };

async function keep(
  o: OwnFilesOptions,
  staged: Staged,
  said: Said,
  inTurn: (work: () => Promise<Made>) => Promise<Made>,
): Promise<NewMedia> {
  if (staged.bytes === 0)
    throw new NodeError("bad-request", "an empty file", { safe: "That file is empty." });
  const found = sniff(await all(staged.read({ start: 0, end: SNIFFED - 1 })));
  refuse(found, said.type);
  const { media } = o.store;
  if (found.as === "picture") {
    if (staged.bytes > LARGEST_PICTURE) throw new NodeError("picture-too-large", "over 20 MB");
    const { bytes, ...facts } = await inTurn(async () => reencode(o, await all(staged.read()), "whole"));
    return { ...facts, id: await media.put(bytes), bytes: bytes.byteLength };
  }
  if (found.as === "media") {
    const cleaned = await clean(sourceOf(staged), found.format);
    if (cleaned.length > LONGEST_FILM) throw new NodeError("film-too-long", "over ten minutes");
    return { ...(await keepCleaned(o.store, staged, cleaned)) };
  }
  const id = await media.put(staged.read());
  return { id, type: "application/octet-stream", bytes: staged.bytes, name: fileName(said.name) };
}

/** What cannot be cleaned is not taken; nor is what calls itself a picture, a film or a sound and is none. */
function refuse(found: Sniffed, type: string): void {
  const as = type.split("/", 1)[0]?.toLowerCase();
  if (found.as === "sealed-picture" || (found.as === "other" && as === "image"))
    throw new NodeError("picture-kind", "not a kind of picture we make anew");
  if (found.as === "sealed-media" || (found.as === "other" && (as === "video" || as === "audio")))
    throw new NodeError("film-not-readable", "a container we do not know");
}

async function keepCleaned(store: Store, staged: Staged, cleaned: Cleaned): Promise<NewMedia> {
  const { from, to, type, width, height, length } = cleaned;
  const plain = staged.read({ start: from, end: to - 1 }) as AsyncIterable<Buffer>;
  const id = await store.media.put(edited(plain, cleaned));
  return { id, type, width, height, length, bytes: to - from };
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
