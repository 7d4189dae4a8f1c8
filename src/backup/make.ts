import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { createTarPacker, type TarHeader, type TarPackController } from "modern-tar";
import type { SealedAnew } from "../store/media-files.ts";
import type { Store } from "../store/store.ts";
import { HEADER_FILE } from "../vault/header.ts";
import { costIn, createVault } from "../vault/vault.ts";
import { LEFT_OUT, STORE_AT } from "./layout.ts";

/** bytes: of the whole file, which `stream` gives. */
export type Backup = { bytes: number; stream: Readable };

export type BackupOptions = {
  store: Store;
  folder: string;
  /** The one of now, and checked. */
  passphrase: string;
  copier: string;
  /** Whoever waits for it has left, or the device is being locked. */
  signal: AbortSignal;
};

const BLOCK = 512;
const LARGEST_PLAIN = 8 * 1024 ** 3;
const EPOCH = new Date(0);

/**
 * Everything of this device in one file, under keys made for it (see layout.ts). `give` takes the bytes to where they
 * belong; nothing that was made for them, and no key, is left when this resolves. Throws "disk-full", "folder-readonly", the
 * reason of `signal`, and what `give` throws.
 */
export async function makeBackup(
  { store, folder, passphrase, copier, signal }: BackupOptions,
  give: (backup: Backup) => Promise<void>,
): Promise<void> {
  const vault = await createVault({ passphrase, cost: costIn(folder) });
  const keys = { database: vault.key("database"), media: vault.key("media") };
  await using copy = await store.copy({ keys, without: LEFT_OUT, copier, signal });
  const files = [
    textFile(HEADER_FILE, vault.header),
    ...copy.files.map((file) => ({ ...file, path: `${STORE_AT}${file.path}` })),
  ];
  const { stream, packed } = archived(files);
  // Told to whoever reads it, which may not have begun yet.
  stream.on("error", () => {});
  const leave = () => void stream.destroy(signal.reason);
  signal.addEventListener("abort", leave);
  try {
    signal.throwIfAborted();
    await give({ bytes: archiveBytes(files), stream });
    await packed;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", leave);
    stream.destroy();
    await packed.catch(() => {});
  }
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

/** `packed` resolves when nothing is read from the files any more. */
function archived(files: readonly SealedAnew[]): { stream: Readable; packed: Promise<void> } {
  const { readable, controller } = createTarPacker();
  const packed = pack(files, controller);
  packed.catch((error: unknown) => controller.error(error));
  // The types of Node and of the browser call the same streams different names.
  const stream = Readable.fromWeb(readable as unknown as ReadableStream);
  return { stream, packed };
}

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
