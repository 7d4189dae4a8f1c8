import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import { NodeError } from "../lib/errors.ts";
import { syncFolder } from "../lib/sync-folder.ts";
import { HEADER_FILE, MOST_BYTES } from "../vault/header.ts";
import { DATABASE_AT, MEDIA_AT } from "./layout.ts";

export type Unpacking = {
  into: string;
  /** The header lies there, and nothing else yet. */
  onHeader: () => Promise<void>;
};

/** Files that are flushed to the disk at a time: one after the other, a hundred thousand would take half an hour. */
const AT_ONCE = 16;

/**
 * Writes what an archive holds into a folder, durable when it resolves. Nothing but a header, sealed files and a database
 * at their places is taken. Throws "not-a-backup", "backup-damaged", and what the disk says.
 */
export async function unpack(bytes: Readable, { into, onHeader }: Unpacking): Promise<void> {
  const writing = flushing();
  const [made, folders] = [new Set<string>(), new Set([into])];
  let isOne = false;
  try {
    for await (const entry of entriesOf(bytes)) {
      const { name, type, size } = entry.header;
      if (!mayCome(made, name) || type !== "file") throw isOne ? damaged() : notOne();
      if (name === HEADER_FILE && size > MOST_BYTES) throw notOne();
      made.add(name);
      const path = join(into, name);
      for (let folder = dirname(path); folder !== into; folder = dirname(folder)) folders.add(folder);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writing.add(await fileOf(path, entry));
      if (name === HEADER_FILE) await onHeader().catch(notOneIfDamaged);
      isOne = true;
    }
    if (!made.has(DATABASE_AT)) throw isOne ? damaged() : notOne();
  } catch (error) {
    // What the decoder says has no code.
    const hasCode = error instanceof Error && "code" in error;
    throw hasCode ? error : isOne ? damaged(error) : notOne(error);
  } finally {
    await writing.end();
  }
  for (const folder of folders) await syncFolder(folder);
}

/** The header first, the database last, and nothing twice. */
function mayCome(made: ReadonlySet<string>, name: string): boolean {
  if (made.size === 0) return name === HEADER_FILE;
  return !made.has(name) && !made.has(DATABASE_AT) && (name === DATABASE_AT || MEDIA_AT.test(name));
}

function notOne(cause?: unknown): NodeError {
  return new NodeError("not-a-backup", "no backup", { cause });
}

function notOneIfDamaged(error: unknown): never {
  throw error instanceof NodeError && error.code === "vault-damaged" ? notOne(error) : error;
}

function damaged(cause?: unknown): NodeError {
  return new NodeError("backup-damaged", "a backup that is not whole", { cause });
}

function entriesOf(bytes: Readable): AsyncIterable<ParsedTarEntry> {
  // The types of Node and of the browser call the same streams different names.
  const stream = Readable.toWeb(bytes) as unknown as ReadableStream<Uint8Array>;
  return stream.pipeThrough(createTarDecoder({ strict: true })) as unknown as AsyncIterable<ParsedTarEntry>;
}

/** Written, and not flushed to the disk yet. */
async function fileOf(path: string, { body }: ParsedTarEntry) {
  const file = await open(path, "wx", 0o600);
  try {
    for await (const piece of body as unknown as AsyncIterable<Uint8Array>) await file.writeFile(piece);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

type File = Awaited<ReturnType<typeof fileOf>>;

/** Files are flushed and closed while the next ones come. Both ways throw what the disk said. */
function flushing() {
  let waiting: Promise<unknown>[] = [];
  const end = async () => {
    const all = waiting;
    waiting = [];
    for (const error of await Promise.all(all)) if (error !== null) throw error;
  };
  const flush = async (file: File): Promise<unknown> => {
    try {
      await file.sync();
      return null;
    } catch (error) {
      return error;
    } finally {
      await file.close();
    }
  };
  return {
    end,
    async add(file: File) {
      waiting.push(flush(file));
      if (waiting.length >= AT_ONCE) await end();
    },
  };
}
