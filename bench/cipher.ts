import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite, { type Database } from "better-sqlite3-multiple-ciphers";
import { median, summary } from "./lib/numbers.ts";
import type { Bench, Row } from "./lib/report.ts";

const ROWS = 20_000;
const A_TRANSACTION = 100;
const ROUNDS = 3;
/** About what a short post takes with its addresses. */
const TEXT = 600;

const ciphers = ["none", "chacha20", "aegis"] as const;
type Cipher = (typeof ciphers)[number];
type Load = "insert" | "read" | "scan";
const loads: { load: Load; what: string }[] = [
  { load: "insert", what: "20,000 inserts, 100 a transaction" },
  { load: "read", what: "20,000 reads of one row" },
  { load: "scan", what: "reading all rows" },
];

/** As src/store/connection.ts opens its file, but for the cipher. The small cache makes the reads go to the file. */
function open(path: string, cipher: Cipher, key: Buffer): Database {
  const db = new BetterSqlite(path);
  if (cipher !== "none") {
    db.pragma(`cipher='${cipher}'`);
    db.key(Buffer.from(`raw:${key.toString("hex")}`, "latin1"));
  }
  db.pragma("journal_mode=WAL");
  db.pragma("synchronous=FULL");
  db.pragma("secure_delete=ON");
  db.pragma("temp_store=MEMORY");
  db.pragma("cache_size=-1000");
  return db;
}

function isKnown(cipher: Cipher): boolean {
  const db = new BetterSqlite(":memory:");
  try {
    return cipher === "none" || String(db.pragma(`cipher='${cipher}'`, { simple: true })) === cipher;
  } catch {
    return false;
  } finally {
    db.close();
  }
}

function took(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function round(folder: string, cipher: Cipher, texts: string[]): Record<Load, number> {
  const path = join(folder, `${cipher}.db`);
  const key = randomBytes(32);
  const db = open(path, cipher, key);
  db.exec("CREATE TABLE post(id TEXT PRIMARY KEY, sortKey TEXT NOT NULL, html TEXT NOT NULL)");
  db.exec("CREATE INDEX post_by_time ON post(sortKey)");
  const add = db.prepare("INSERT INTO post VALUES (?, ?, ?)");
  const insert = took(() => {
    for (let at = 0; at < ROWS; at += A_TRANSACTION) {
      db.exec("BEGIN IMMEDIATE");
      for (let row = at; row < at + A_TRANSACTION; row += 1) {
        add.run(idAt(row), String(row).padStart(21, "0"), texts[row % texts.length]);
      }
      db.exec("COMMIT");
    }
  });
  db.pragma("wal_checkpoint(TRUNCATE)");
  db.close();

  const again = open(path, cipher, key);
  const one = again.prepare("SELECT html FROM post WHERE id = ?");
  const read = took(() => {
    for (let n = 0; n < ROWS; n += 1) {
      if (one.get(idAt((n * 7_919) % ROWS)) === undefined) throw new Error("a row is missing");
    }
  });
  const scan = took(() => {
    const all = again.prepare("SELECT count(*) AS rows, sum(length(html)) AS bytes FROM post").get();
    if (!String(JSON.stringify(all)).includes(`"rows":${ROWS}`)) throw new Error("rows are missing");
  });
  again.close();
  const first = readFileSync(path).subarray(0, 15).toString("latin1");
  if ((first === "SQLite format 3") !== (cipher === "none"))
    throw new Error(`${cipher} does not do what it says`);
  for (const end of ["", "-wal", "-shm"]) rmSync(path + end, { force: true });
  return { insert, read, scan };
}

/** Spread over the file like the hashes that are its ids. */
function idAt(row: number): string {
  return ((row * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, "0").repeat(4);
}

export const bench: Bench = {
  title: "What encryption costs",
  async run(say) {
    const texts = Array.from({ length: 64 }, () => randomBytes(TEXT / 2).toString("hex"));
    const known = ciphers.filter(isKnown);
    const folder = mkdtempSync(join(tmpdir(), "tssop-bench-"));
    const found = new Map<Cipher, Record<Load, number>[]>(known.map((cipher) => [cipher, []]));
    try {
      for (let n = 1; n <= ROUNDS; n += 1) {
        // Turn about, so that whatever else the machine does falls on all of them.
        for (const cipher of known) found.get(cipher)?.push(round(folder, cipher, texts));
        say(`round ${n} of ${ROUNDS}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const times = (cipher: Cipher, load: Load) => (found.get(cipher) ?? []).map((one) => one[load]);
    const rows = loads.flatMap(({ load, what }) =>
      known.map(
        (cipher): Row => ({
          what: `${what}: ${cipher === "none" ? "no cipher" : cipher}`,
          unit: "ms",
          ...summary(times(cipher, load)),
          ...(cipher === "none"
            ? {}
            : { baseline: { what: "without a cipher", value: median(times("none", load)) } }),
        }),
      ),
    );
    const unknown = ciphers.filter((cipher) => !known.includes(cipher));
    return {
      how: `One table of ${ROWS.toLocaleString("en")} rows of ${TEXT} bytes with two indexes, in WAL with synchronous=FULL and a raw key, as the store opens its file, but with a cache of 1 MB instead of 16 so that the reads are read from the file.`,
      rows,
      notes: [
        "The product uses chacha20.",
        ...unknown.map((cipher) => `This build of SQLite does not know ${cipher}.`),
      ],
    };
  },
};
