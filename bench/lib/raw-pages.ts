import type { Database } from "../../src/store/connection.ts";

/** The rows of a page by plain SQL on the same file, with nothing between: what any way of asking is measured by. */
export type RawPages = {
  home(before: string | null, limit: number): number;
  thread(id: string): number;
};

type Row = Record<string, unknown>;

export function rawPages(db: Database): RawPages {
  const first = db.prepare(`SELECT * FROM "Post" WHERE inHome = 1 ORDER BY sortKey DESC LIMIT ?`);
  const older = db.prepare(
    `SELECT * FROM "Post" WHERE inHome = 1 AND sortKey < ? ORDER BY sortKey DESC LIMIT ?`,
  );
  const one = db.prepare(`SELECT * FROM "Post" WHERE id = ?`);
  const earlier = db.prepare(
    `SELECT * FROM "Post" WHERE threadId = ? AND sortKey < ? ORDER BY sortKey DESC LIMIT 300`,
  );
  const later = db.prepare(
    `SELECT * FROM "Post" WHERE threadId = ? AND sortKey >= ? ORDER BY sortKey ASC LIMIT 300`,
  );
  const around = aroundPosts(db);
  return {
    home: (before, limit) =>
      around(
        (before === null ? first.all(limit + 1) : older.all(before, limit + 1)).slice(0, limit) as Row[],
      ),
    thread(id) {
      const row = one.get(id) as Row;
      return around([
        ...(earlier.all(row["threadId"], row["sortKey"]) as Row[]),
        ...(later.all(row["threadId"], row["sortKey"]) as Row[]),
      ]);
    },
  };
}

/** Everything else a post is shown with; the number of rows read. */
function aroundPosts(db: Database): (posts: Row[]) => number {
  const ask = (sql: string, values: string[]): Row[] =>
    values.length === 0
      ? []
      : (db.prepare(sql.replace("??", values.map(() => "?").join(","))).all(...values) as Row[]);
  const different = (rows: Row[], column: string) => [
    ...new Set(rows.map((row) => String(row[column])).filter((value) => value !== "")),
  ];
  return (posts) => {
    const answered = ask(`SELECT * FROM "Post" WHERE id IN (??)`, different(posts, "replyToId"));
    const all = different([...posts, ...answered], "id");
    const named = ask(`SELECT * FROM "Addressee" WHERE postId IN (??)`, all);
    const own = different(
      posts.filter((row) => Number(row["own"]) === 1),
      "id",
    );
    const delivered = ask(`SELECT * FROM "Delivery" WHERE postId IN (??) LIMIT 200`, own);
    const counts = ask(
      `SELECT replyToId, count(*) AS replies FROM "Post" WHERE replyToId IN (??)
       AND authorId NOT IN (SELECT personId FROM "Blocked") GROUP BY replyToId`,
      different(posts, "id"),
    );
    const people = ask(`SELECT * FROM "Person" WHERE id IN (??)`, [
      ...new Set([
        ...different([...posts, ...answered], "authorId"),
        ...different([...named, ...delivered], "personId"),
      ]),
    ]);
    return posts.length + answered.length + named.length + delivered.length + counts.length + people.length;
  };
}
