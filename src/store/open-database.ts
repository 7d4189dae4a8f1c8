import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { NodeError } from "../lib/errors.ts";
import { type ConnectionOptions, type Database, known, openConnection } from "./connection.ts";
import { isOfOtherKey, markKey } from "./key-check.ts";

/** Bytes. A file up to this size is read through before anything is written to it; a larger one after a crash only. */
const CHECKED_ALWAYS = 16 * 1024 * 1024;
const CHECKED_AFTER_CRASH = 512 * 1024 * 1024;

/** The folder exists and is the owner's alone. Throws "folder-readonly" or "disk-full". */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (process.platform !== "win32") chmodSync(folder, 0o700);
  } catch (cause) {
    const error = known(cause);
    throw error instanceof NodeError ? error : new NodeError("folder-readonly", "not a folder", { cause });
  }
}

/**
 * The writer's connection. Throws "database-damaged", "database-key", "disk-full" or "folder-readonly", before anything
 * is written to a file that was there.
 */
export function openWriter(o: Omit<ConnectionOptions, "readonly">): Database {
  const folder = dirname(o.path);
  const [bytes, log] = [sizeOf(o.path), sizeOf(`${o.path}-wal`)];
  try {
    if (bytes === 0) {
      markKey(folder, o.key);
      closeSync(openSync(o.path, "a", 0o600));
    }
    const writer = openConnection({ ...o, readonly: false });
    try {
      // Nobody emptied the log: the program ended in the middle of something.
      if (bytes > 0 && bytes + log < (log > 0 ? CHECKED_AFTER_CRASH : CHECKED_ALWAYS)) checkPages(writer);
      markKey(folder, o.key);
    } catch (error) {
      writer.close();
      throw error;
    }
    return writer;
  } catch (error) {
    const said = known(error);
    if (said instanceof NodeError && said.code === "database-damaged" && isOfOtherKey(folder, o.key)) {
      throw new NodeError("database-key", "a database of another vault", { cause: said });
    }
    throw said;
  }
}

/** Whether a database opens under a key, and every page of it unless it is very large. Throws "database-damaged" and the like. */
export function checkDatabase(path: string, key: Buffer): void {
  const db = openConnection({ path, key, readonly: false, hlc: () => 0, device: "" });
  try {
    if (sizeOf(path) < CHECKED_AFTER_CRASH) checkPages(db);
  } finally {
    db.close();
  }
}

/** Every page opens under the key and belongs where it is. */
function checkPages(writer: Database): void {
  const said = writer.pragma("quick_check(1)", { simple: true });
  if (said !== "ok") throw new NodeError("database-damaged", "quick_check found something");
}

export function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
