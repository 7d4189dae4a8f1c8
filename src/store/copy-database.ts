import { type Database, known, openConnection, rawKey } from "./connection.ts";
import { dropTriggers } from "./feed.ts";

export type CopyOrder = {
  from: string;
  key: Uint8Array;
  to: string;
  otherKey: Uint8Array;
  /** Tables whose rows stay out of the copy. */
  without: readonly string[];
};

/**
 * Copies an open database into a file under another key, as it is at one moment. Works for seconds without a pause: to be
 * run in a thread of its own (see copying.ts). Returns the ids of the sealed files that the copy speaks of.
 */
export function copyDatabase(order: CopyOrder): string[] {
  try {
    return copied(order);
  } catch (error) {
    throw known(error);
  }
}

function copied({ from, key, to, otherKey, without }: CopyOrder): string[] {
  // Nothing of these connections is written to the feed: the copy has no triggers until it is opened as a store.
  const unused = { key: Buffer.from(key), readonly: false, hlc: () => 0, device: "" };
  {
    using source = opened({ ...unused, path: from });
    source.db.prepare("VACUUM INTO ?").run(to);
  }
  using copy = opened({ ...unused, path: to });
  const { db } = copy;
  dropTriggers(db);
  for (const table of without) {
    db.exec(`DELETE FROM "${table}"`);
    db.prepare("DELETE FROM feed_change WHERE entity = ?").run(table);
  }
  // Keys cannot be changed under a log.
  db.pragma("journal_mode=DELETE");
  db.rekey(rawKey(Buffer.from(otherKey)));
  const media = db.prepare("SELECT id FROM Media ORDER BY id").all() as { id: string }[];
  return media.map(({ id }) => id);
}

function opened(o: Parameters<typeof openConnection>[0]): Disposable & { db: Database } {
  const db = openConnection(o);
  return { db, [Symbol.dispose]: () => void db.close() };
}
