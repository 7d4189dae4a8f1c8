import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import { NodeError } from "../lib/errors.ts";
import { known } from "./connection.ts";

/** SQLite's codes as Prisma wants them; what a person can act on goes through as NodeError. */
export function driverError(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return error;
  const acted = known(error);
  if (acted instanceof NodeError) return acted;
  const original = { originalCode: error.code, originalMessage: error.message };
  const fields = columnsIn(error.message);
  switch (error.code) {
    case "SQLITE_CONSTRAINT_PRIMARYKEY":
    case "SQLITE_CONSTRAINT_UNIQUE":
      return new DriverAdapterError({
        kind: "UniqueConstraintViolation",
        constraint: { fields },
        ...original,
      });
    case "SQLITE_CONSTRAINT_NOTNULL":
      return new DriverAdapterError({ kind: "NullConstraintViolation", constraint: { fields }, ...original });
    case "SQLITE_CONSTRAINT_FOREIGNKEY":
      return new DriverAdapterError({
        kind: "ForeignKeyConstraintViolation",
        constraint: { foreignKey: {} },
        ...original,
      });
    case "SQLITE_CONSTRAINT_TRIGGER":
      return new Error(`refused by the changes feed: ${error.message}`, { cause: error });
    default:
      if (error.code.startsWith("SQLITE_BUSY"))
        return new DriverAdapterError({ kind: "SocketTimeout", ...original });
      return new DriverAdapterError({ kind: "sqlite", extendedCode: 1, message: error.message, ...original });
  }
}

/** "UNIQUE constraint failed: Person.id, Person.uri" -> ["id", "uri"] */
function columnsIn(message: string): string[] {
  const [, list = ""] = message.split("constraint failed: ");
  return list.split(", ").map((column) => column.split(".").at(-1) ?? column);
}
