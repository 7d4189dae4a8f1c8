import { randomBytes } from "node:crypto";
import { renameSync } from "node:fs";
import { mkdir, open, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { createTarDecoder, type ParsedTarEntry } from "modern-tar";
import { NodeError } from "../lib/errors.ts";
import { known } from "../store/connection.ts";
import { parseHeader } from "../vault/header.ts";
import { keepHeader, vaultExists } from "../vault/vault.ts";
import { DATABASE_AT, HEADER_AT, MEDIA_AT, STORE_AT } from "./layout.ts";

/** A backup that lies in this folder whole, and is nobody's yet. Disposing removes it if it was not kept. */
export interface Unpacked extends AsyncDisposable {
  /** Makes it what this folder holds: the folder "data" must not be there. The header comes last. */
  keep(): void;
}

const LARGEST_HEADER = 64 * 1024;
const unpacking = /^restoring-[0-9a-f]{16}$/;

/**
 * Takes a backup apart (see layout.ts) in a folder where nobody is set up. Nothing is opened, and nothing is written but
 * files of known names. Throws "vault-exists", "not-a-backup", "backup-damaged", "database-newer", "disk-full" or
 * "folder-readonly"; then everything is as it was.
 */
export async function unpackBackup(folder: string, bytes: Readable): Promise<Unpacked> {
  if (vaultExists(folder)) throw new NodeError("vault-exists", "somebody lives here");
  await sweep(folder);
  const into = join(folder, `restoring-${randomBytes(8).toString("hex")}`);
  const remove = () => rm(into, { recursive: true, force: true });
  try {
    const header = await unpacked(into, bytes);
    return {
      keep() {
        renameSync(join(into, STORE_AT), join(folder, STORE_AT));
        keepHeader(folder, header);
      },
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    bytes.destroy();
    await remove();
    throw known(error);
  }
}

/** What a restoring left behind that was cut off. */
async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (unpacking.test(name)) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** Returns the text of the vault's header. */
async function unpacked(into: string, bytes: Readable): Promise<string> {
  let [header, whole] = ["", false];
  try {
    for await (const entry of entriesOf(bytes)) {
      const { name, type, size } = entry.header;
      if (header === "") {
        if (name !== HEADER_AT || type !== "file" || size > LARGEST_HEADER) throw notOne();
        const text = await textOf(entry);
        parseHeader(text);
        header = text;
      } else {
        if (whole || type !== "file" || !(name === DATABASE_AT || MEDIA_AT.test(name))) throw damaged();
        await unpackFile(join(into, name), entry);
        whole = name === DATABASE_AT;
      }
    }
  } catch (error) {
    // What the decoder says has no code.
    if (
      error instanceof NodeError ? error.code !== "vault-damaged" : error instanceof Error && "code" in error
    )
      throw error;
    throw header === "" ? notOne(error) : damaged(error);
  }
  if (header === "") throw notOne();
  if (!whole) throw damaged();
  return header;
}

function notOne(cause?: unknown): NodeError {
  return new NodeError("not-a-backup", "no backup", { cause });
}

function damaged(cause?: unknown): NodeError {
  return new NodeError("backup-damaged", "a backup that is not whole", { cause });
}

function entriesOf(bytes: Readable): AsyncIterable<ParsedTarEntry> {
  // The types of Node and of the browser call the same streams different names.
  const stream = Readable.toWeb(bytes) as unknown as ReadableStream<Uint8Array>;
  return stream.pipeThrough(createTarDecoder({ strict: true })) as unknown as AsyncIterable<ParsedTarEntry>;
}

const piecesOf = ({ body }: ParsedTarEntry) => body as unknown as AsyncIterable<Uint8Array>;

async function textOf(entry: ParsedTarEntry): Promise<string> {
  return Buffer.concat(await Array.fromAsync(piecesOf(entry))).toString("utf8");
}

/** Durable when it resolves. */
async function unpackFile(path: string, entry: ParsedTarEntry): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await using file = await open(path, "wx", 0o600);
  for await (const piece of piecesOf(entry)) await file.writeFile(piece);
  await file.sync();
}
