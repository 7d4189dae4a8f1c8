import { existsSync } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { NodeError } from "../lib/errors.ts";
import { syncFolder } from "../lib/sync-folder.ts";
import { known } from "../store/connection.ts";
import type { Backup } from "./make.ts";

export const partOf = (path: string) => `${path}.part`;

/**
 * Into a file that is not there yet, durable, and never half of it under this name: "NAME.part" until it is whole. Throws
 * "file-exists", "disk-full", "file-not-written", and what the stream ends with.
 */
export async function writeBackup({ bytes, stream }: Backup, path: string): Promise<void> {
  const part = partOf(path);
  if (existsSync(path)) throw new NodeError("file-exists", "a file of that name");
  const file = await open(part, "wx", 0o600).catch((cause: unknown) => {
    throw cannotWrite(part, cause);
  });
  try {
    await pipeline(stream, file.createWriteStream({ flush: true }));
    if ((await stat(part)).size !== bytes) throw new Error("another length than was said");
    if (existsSync(path)) throw new NodeError("file-exists", "a file of that name, by now");
    await rename(part, path);
    await syncFolder(dirname(path));
  } catch (cause) {
    await rm(part, { force: true });
    throw cannotWrite(part, cause);
  }
}

function cannotWrite(part: string, cause: unknown): unknown {
  if (cause instanceof Error && "code" in cause && cause.code === "EEXIST")
    return new NodeError("file-exists", "a part of another backup", {
      safe: `${part} is there: a backup is being written, or one was cut off. Wait, or remove it.`,
      cause,
    });
  const error = known(cause);
  if (error instanceof NodeError && error.code !== "folder-readonly") return error;
  return new NodeError("file-not-written", "the backup could not be written", { cause });
}
