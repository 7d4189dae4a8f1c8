import {
  type ArgType,
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type IsolationLevel,
  type SqlDriverAdapter,
  type SqlDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
  type Transaction,
} from "@prisma/driver-adapter-utils";
import type { Statement } from "better-sqlite3-multiple-ciphers";
import type { Database } from "./connection.ts";
import { driverError } from "./driver-error.ts";
import type { Mutex } from "./mutex.ts";

/**
 * Prisma over two connections: one writer behind a lock, one reader. A write outside a transaction waits until an open
 * transaction has ended; on one shared connection it would vanish when that one is rolled back.
 */
const info = { provider: "sqlite", adapterName: "tssop-sqlite" } as const;
const STATEMENTS_KEPT = 256;

const declared: Record<string, ColumnType> = {
  INTEGER: ColumnTypeEnum.Int32,
  BIGINT: ColumnTypeEnum.Int64,
  REAL: ColumnTypeEnum.Double,
  TEXT: ColumnTypeEnum.Text,
  BLOB: ColumnTypeEnum.Bytes,
  BOOLEAN: ColumnTypeEnum.Boolean,
  DATETIME: ColumnTypeEnum.DateTime,
};

type Prepared = {
  statement: Statement;
  names: string[];
  types: (ColumnType | null)[];
  reads: boolean;
  pure: boolean;
};

class Statements {
  readonly db: Database;
  readonly #kept = new Map<string, Prepared>();

  constructor(db: Database) {
    this.db = db;
  }

  prepare(sql: string): Prepared {
    const kept = this.#kept.get(sql);
    if (kept !== undefined) {
      this.#kept.delete(sql);
      this.#kept.set(sql, kept);
      return kept;
    }
    const made = prepared(this.db.prepare(sql));
    this.#kept.set(sql, made);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > STATEMENTS_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }

  close(): void {
    this.#kept.clear();
    this.db.close();
  }
}

function prepared(statement: Statement): Prepared {
  if (!statement.reader) return { statement, names: [], types: [], reads: false, pure: statement.readonly };
  const columns = statement.columns();
  return {
    statement: statement.raw(true),
    names: columns.map(({ name }) => name),
    types: columns.map(({ type }) => (type === null ? null : (declared[type.toUpperCase()] ?? null))),
    reads: true,
    pure: statement.readonly,
  };
}

const asStored = (date: Date) => date.toISOString().replace("Z", "+00:00");

function argument(value: unknown, type: ArgType | undefined): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof Date) return asStored(value);
  if (typeof value !== "string") return value;
  switch (type?.scalarType) {
    case "int":
    case "bigint":
      return BigInt(value);
    case "float":
    case "decimal":
      return Number.parseFloat(value);
    case "datetime":
      return asStored(new Date(value));
    case "bytes":
      return Buffer.from(value, "base64");
    default:
      return value;
  }
}

function guessed(rows: unknown[][], column: number): ColumnType {
  const value = rows.map((row) => row[column]).find((one) => one !== null);
  if (typeof value === "string") return ColumnTypeEnum.Text;
  if (typeof value === "number") return ColumnTypeEnum.Double;
  if (value instanceof Uint8Array) return ColumnTypeEnum.Bytes;
  return ColumnTypeEnum.Int64;
}

/** Integers come as bigint; Prisma wants numbers where they fit, text where they do not, times as text. */
function result(value: unknown, type: ColumnType): unknown {
  if (typeof value !== "bigint") return value;
  if (type === ColumnTypeEnum.DateTime) return new Date(Number(value)).toISOString();
  const number = Number(value);
  return Number.isSafeInteger(number) && type !== ColumnTypeEnum.Int64 ? number : value.toString();
}

function query(on: Statements, { sql, args, argTypes }: SqlQuery): SqlResultSet {
  try {
    const { statement, names, types, reads } = on.prepare(sql);
    const values = args.map((value, at) => argument(value, argTypes[at]));
    if (!reads) {
      statement.run(values);
      return { columnNames: [], columnTypes: [], rows: [] };
    }
    const rows = statement.all(values) as unknown[][];
    const columnTypes = types.map((type, at) => type ?? guessed(rows, at));
    return {
      columnNames: names,
      columnTypes,
      rows: rows.map((row) => row.map((value, at) => result(value, columnTypes[at] ?? ColumnTypeEnum.Text))),
    };
  } catch (error) {
    throw driverError(error);
  }
}

function execute(on: Statements, { sql, args, argTypes }: SqlQuery): number {
  try {
    const { statement, reads } = on.prepare(sql);
    const values = args.map((value, at) => argument(value, argTypes[at]));
    if (reads) return statement.all(values).length;
    return Number(statement.run(values).changes);
  } catch (error) {
    throw driverError(error);
  }
}

function script(on: Statements, sql: string): void {
  try {
    on.db.exec(sql);
  } catch (error) {
    throw driverError(error);
  }
}

class Adapter implements SqlDriverAdapter {
  readonly provider = info.provider;
  readonly adapterName = info.adapterName;
  readonly #writer: Statements;
  readonly #reader: Statements;
  readonly #lock: Mutex;

  constructor(writer: Database, reader: Database, lock: Mutex) {
    this.#writer = new Statements(writer);
    this.#reader = new Statements(reader);
    this.#lock = lock;
  }

  async queryRaw(given: SqlQuery): Promise<SqlResultSet> {
    let pure = false;
    try {
      pure = this.#reader.prepare(given.sql).pure;
    } catch (error) {
      throw driverError(error);
    }
    return pure ? query(this.#reader, given) : this.#lock.run(() => query(this.#writer, given));
  }
  executeRaw(given: SqlQuery): Promise<number> {
    return this.#lock.run(() => execute(this.#writer, given));
  }
  executeScript(sql: string): Promise<void> {
    return this.#lock.run(() => script(this.#writer, sql));
  }

  async startTransaction(level?: IsolationLevel): Promise<Transaction> {
    if (level !== undefined && level !== "SERIALIZABLE") {
      throw new DriverAdapterError({ kind: "InvalidIsolationLevel", level });
    }
    const release = await this.#lock.acquire();
    const writer = this.#writer;
    try {
      script(writer, "BEGIN IMMEDIATE");
    } catch (error) {
      release();
      throw error;
    }
    const end = (sql: string) => {
      try {
        if (writer.db.inTransaction) script(writer, sql);
      } finally {
        if (writer.db.inTransaction) writer.db.exec("ROLLBACK");
        release();
      }
    };
    return {
      ...info,
      options: { usePhantomQuery: true },
      queryRaw: async (given) => query(writer, given),
      executeRaw: async (given) => execute(writer, given),
      commit: async () => end("COMMIT"),
      rollback: async () => end("ROLLBACK"),
      createSavepoint: async (name) => script(writer, `SAVEPOINT ${name}`),
      rollbackToSavepoint: async (name) => script(writer, `ROLLBACK TO ${name}`),
      releaseSavepoint: async (name) => script(writer, `RELEASE SAVEPOINT ${name}`),
    };
  }

  getConnectionInfo() {
    return { maxBindValues: 32_766, supportsRelationJoins: false };
  }

  async dispose(): Promise<void> {
    this.#reader.close();
    this.#writer.close();
  }
}

/** Prisma takes a factory; both connections are open already. Whoever else writes takes the same lock. */
export function adapterOver(writer: Database, reader: Database, lock: Mutex): SqlDriverAdapterFactory {
  return { ...info, connect: async () => new Adapter(writer, reader, lock) };
}
