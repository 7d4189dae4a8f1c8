import { chmodSync } from "node:fs";
import { join } from "node:path";
import BetterSqlite, { type Database } from "better-sqlite3-multiple-ciphers";
import { NodeError } from "../lib/errors.ts";

/**
 * One process per folder. An exclusive lock that SQLite holds on an empty file beside the data: the system drops it
 * with the process, however that ends. Throws "folder-in-use" or "folder-readonly".
 */
export function lockFolder(folder: string): Disposable {
  const path = join(folder, "in-use.lock");
  let lock: Database;
  try {
    lock = new BetterSqlite(path, { timeout: 0 });
  } catch (cause) {
    throw new NodeError("folder-readonly", "the lock cannot be made", { cause });
  }
  try {
    if (process.platform !== "win32") chmodSync(path, 0o600);
    lock.pragma("locking_mode=EXCLUSIVE");
    lock.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    lock.close();
    const busy = cause instanceof Error && "code" in cause && String(cause.code).startsWith("SQLITE_BUSY");
    throw new NodeError(busy ? "folder-in-use" : "folder-readonly", "the lock cannot be had", { cause });
  }
  return { [Symbol.dispose]: () => lock.close() };
}
