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
 * words would stay in the file.
 */
export function openConnection(o: ConnectionOptions): Database {
  const db = new BetterSqlite(o.path);
  try {
    db.pragma("cipher='chacha20'");
    db.key(Buffer.from(`raw:${o.key.toString("hex")}`, "latin1"));
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

/** What SQLite says, as what a person can act on. */
export function known(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "SQLITE_NOTADB")
    return new NodeError("database-key", "not a database under this key", { cause: error });
  if (code.startsWith("SQLITE_CORRUPT"))
    return new NodeError("database-damaged", "damaged page", { cause: error });
  if (code === "SQLITE_FULL") return new NodeError("disk-full", "no room", { cause: error });
  if (code.startsWith("SQLITE_READONLY") || code === "SQLITE_CANTOPEN" || code === "SQLITE_PERM") {
    return new NodeError("folder-readonly", "not writable", { cause: error });
  }
  return error;
}
