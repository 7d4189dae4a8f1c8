import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite, { type Database } from "better-sqlite3-multiple-ciphers";
import { NodeError } from "../lib/errors.ts";
import { known } from "./connection.ts";

/**
 * One process per folder, from before it reads or writes anything there. Makes the folder (0700) when it is not there.
 * An exclusive lock that SQLite holds on an empty file: the system drops it with the process, however that ends.
 * Throws "folder-in-use", "folder-readonly" or "disk-full".
 */
export function lockFolder(folder: string): Disposable {
  const path = join(folder, "in-use.lock");
  let lock: Database | null = null;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    lock = new BetterSqlite(path, { timeout: 0 });
    if (process.platform !== "win32") chmodSync(path, 0o600);
    lock.pragma("locking_mode=EXCLUSIVE");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock?.close();
    const busy = cause instanceof Error && "code" in cause && String(cause.code).startsWith("SQLITE_BUSY");
    if (busy) throw new NodeError("folder-in-use", "the lock cannot be had", { cause });
    const error = known(cause);
    throw error instanceof NodeError && error.code === "disk-full"
      ? error
      : new NodeError("folder-readonly", "the lock cannot be made", { cause });
  }
  const held = lock;
  return { [Symbol.dispose]: () => held.close() };
}
