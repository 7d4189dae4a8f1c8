import { createWriteStream, existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { createTarPacker, type TarHeader, type TarPackController } from "modern-tar";
import { NodeError } from "../lib/errors.ts";
import { known } from "../store/connection.ts";
import type { SealedAnew } from "../store/media-files.ts";
import type { Store } from "../store/store.ts";
import { costIn, createVault } from "../vault/vault.ts";
import { HEADER_AT, LEFT_OUT, STORE_AT } from "./layout.ts";

/** bytes: of the whole file. Disposing ends what is still read of it, and removes what was made for it. */
export interface Backup extends AsyncDisposable {
  readonly bytes: number;
  open(): Readable;
}

const BLOCK = 512;
const LARGEST_PLAIN = 8 * 1024 ** 3;
const EPOCH = new Date(0);

/**
 * Everything of this device in one file, under keys made for it: whoever gets hold of it and of the passphrase has what was
 * here on that day, and nothing that opens what comes later. `passphrase` is the one of now, and was checked. Throws
 * "disk-full" or "folder-readonly".
 */
export async function makeBackup(o: {
  store: Store;
  folder: string;
  passphrase: string;
  copier: string;
}): Promise<Backup> {
  await using stack = new AsyncDisposableStack();
  const vault = await createVault({ passphrase: o.passphrase, cost: costIn(o.folder) });
  const keys = { database: vault.key("database"), media: vault.key("media") };
  const copy = stack.use(await o.store.copy({ keys, without: LEFT_OUT, copier: o.copier }));
  const files = [
    textFile(HEADER_AT, vault.header),
    ...copy.files.map((file) => ({ ...file, path: `${STORE_AT}${file.path}` })),
  ];
  const closing = stack.move();
  return {
    bytes: archiveBytes(files),
    open() {
      const stream = archived(files);
      closing.defer(() => {
        stream.destroy();
      });
      return stream;
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

function textFile(path: string, text: string): SealedAnew {
  const bytes = Buffer.from(text);
  return { path, bytes: bytes.byteLength, writeTo: (write) => write(bytes) };
}

/**
 * A block for each header, each file filled up to whole blocks, two blocks of zeros at the end. What is too large for the
 * header's field says so in an extended one (pax), of two blocks.
 */
function archiveBytes(files: readonly SealedAnew[]): number {
  const blocks = files.map(({ bytes }) => (bytes < LARGEST_PLAIN ? 1 : 3) + Math.ceil(bytes / BLOCK));
  return BLOCK * blocks.reduce((sum, one) => sum + one, 2);
}

function archived(files: readonly SealedAnew[]): Readable {
  const { readable, controller } = createTarPacker();
  const packing = pack(files, controller);
  // Told to whoever reads; and nobody may read on to the end.
  packing.catch((error: unknown) => controller.error(error));
  // The types of Node and of the browser call the same streams different names.
  return Readable.fromWeb(readable as unknown as ReadableStream);
}

/**
 * Durable, and never half of it under this name: "NAME.part" until it is whole. Throws "file-exists", "disk-full" or
 * "file-not-written".
 */
export async function writeBackup(backup: Backup, path: string): Promise<void> {
  if (existsSync(path)) throw new NodeError("file-exists", "a file of that name");
  const part = partOf(path);
  try {
    await pipeline(backup.open(), createWriteStream(part, { mode: 0o600, flush: true }));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    const cause = known(error);
    if (cause instanceof NodeError && cause.code === "disk-full") throw cause;
    throw new NodeError("file-not-written", "the backup could not be written", { cause });
  }
}

export const partOf = (path: string) => `${path}.part`;

async function pack(files: readonly SealedAnew[], controller: TarPackController): Promise<void> {
  for (const { path, bytes, writeTo } of files) {
    const writer = controller.add(headerOf(path, bytes)).getWriter();
    // The piece is used anew for the next one.
    await writeTo((piece) => writer.write(Uint8Array.from(piece)));
    await writer.close();
  }
  controller.finalize();
}

/** Tells nothing but names that tell nothing, and sizes: no account of this computer and no time. */
const headerOf = (name: string, size: number): TarHeader => ({ name, size, mtime: EPOCH, mode: 0o600 });
