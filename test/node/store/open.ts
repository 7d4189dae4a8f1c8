import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite, { type Database } from "better-sqlite3-multiple-ciphers";
import { createLog } from "../../../src/lib/log.ts";
import type { Migration } from "../../../src/store/migrate.ts";
import { openStore, type Store } from "../../../src/store/store.ts";

export const DAY = 24 * 60 * 60_000;
export const silent = createLog(() => {}, "silent");

/** A folder with a store in it that can be opened again and again, and looked into without it. */
export type StoreFolder = Disposable & {
  readonly path: string;
  readonly database: string;
  /** The clock of every store opened here. */
  now: number;
  open(more?: { migrations?: Migration[]; database?: Buffer }): Promise<Store>;
  /** The opened database without anything of ours around it; the store must be closed, or only be read. */
  bare(file?: string): Database;
};

export function createStoreFolder(): StoreFolder {
  const path = mkdtempSync(join(tmpdir(), "tssop-store-"));
  const keys = { database: randomBytes(32), media: randomBytes(32) };
  const database = join(path, "tssop.db");
  return {
    path,
    database,
    now: Date.UTC(2026, 10, 23),
    open({ migrations, database: other } = {}) {
      return openStore({
        folder: path,
        keys: { ...keys, ...(other === undefined ? {} : { database: other }) },
        deviceId: "d1",
        now: () => this.now,
        log: silent,
        ...(migrations === undefined ? {} : { migrations }),
      });
    },
    bare(file = database) {
      const db = new BetterSqlite(file);
      db.pragma("cipher='chacha20'");
      db.key(Buffer.from(`raw:${keys.database.toString("hex")}`));
      return db;
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
