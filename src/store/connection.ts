import BetterSqlite, { type Database as SqliteDatabase } from "better-sqlite3-multiple-ciphers";
import { NodeError } from "../lib/errors.ts";

export type Database = SqliteDatabase;

export type ConnectionOptions = {
  path: string;
  /** 32 bytes, used as they are: the stretching of the passphrase is the vault's. */
  key: Buffer;
  readonly: boolean;
  hlc: () => number;
  device: string;
};

/**
 * Opens the encrypted file. The first read proves the key. temp_store=MEMORY because temporary files are never
 * encrypted; synchronous=FULL because what was acknowledged must survive a power cut; secure_delete because deleted
 * words would stay in the file. Throws "database-damaged", "disk-full" or "folder-readonly".
 */
export function openConnection(o: ConnectionOptions): Database {
  let db: Database;
  try {
    db = new BetterSqlite(o.path);
  } catch (error) {
    throw known(error);
  }
  try {
    db.pragma("cipher='chacha20'");
    db.key(rawKey(o.key));
    db.prepare("SELECT count(*) FROM sqlite_master").get();
    db.pragma("temp_store=MEMORY");
    db.pragma("journal_mode=WAL");
    db.pragma("synchronous=FULL");
    db.pragma("foreign_keys=ON");
    db.pragma("secure_delete=ON");
    db.pragma("recursive_triggers=ON");
    db.pragma("busy_timeout=5000");
    db.pragma("cache_size=-16000");
    db.function("feed_hlc", { deterministic: false }, () => o.hlc());
    db.function("feed_device", { deterministic: false }, () => o.device);
    if (o.readonly) db.pragma("query_only=ON");
    db.defaultSafeIntegers(true);
    return db;
  } catch (error) {
    db.close();
    throw known(error);
  }
}

/** 32 bytes in the form in which SQLite takes them as they are. */
export function rawKey(key: Buffer): Buffer {
  return Buffer.from(`raw:${key.toString("hex")}`, "latin1");
}

/** What SQLite or the file system says, as what a person can act on; anything else as it came. */
export function known(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT"))
    return new NodeError("database-damaged", "a page does not open under the key", { cause: error });
  // Where the log's index cannot grow, SQLite calls it an error of input and output.
  if (["SQLITE_FULL", "SQLITE_IOERR_SHMSIZE", "ENOSPC", "EDQUOT"].includes(code))
    return new NodeError("disk-full", "no room", { cause: error });
  const refused = ["SQLITE_PERM", "EACCES", "EPERM", "EROFS"].includes(code);
  if (refused || code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_CANTOPEN")) {
    return new NodeError("folder-readonly", "not writable", { cause: error });
  }
  return error;
}
