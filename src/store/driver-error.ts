import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import { NodeError } from "../lib/errors.ts";
import { known } from "./connection.ts";

/**
 * SQLite's codes as Prisma wants them. What a person can act on is carried through Prisma as the cause of an error
 * without a code, for Prisma rewrites every error that has one; `carried` takes it out on the other side.
 */
export function driverError(error: unknown): unknown {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return error;
  const acted = known(error);
  if (acted instanceof NodeError) return new Error(acted.message, { cause: acted });
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
    // Through Prisma's own kinds the message of a trigger would be lost.
    case "SQLITE_CONSTRAINT_TRIGGER":
      return new Error(`refused by the changes feed: ${error.message}`, { cause: error });
    default:
      if (error.code.startsWith("SQLITE_BUSY"))
        return new DriverAdapterError({ kind: "SocketTimeout", ...original });
      return new DriverAdapterError({ kind: "sqlite", extendedCode: 1, message: error.message, ...original });
  }
}

/** The NodeError that came through Prisma inside this one, or the error itself. */
export function carried(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof NodeError && !(error instanceof NodeError)
    ? error.cause
    : error;
}

/** "UNIQUE constraint failed: Person.id, Person.uri" -> ["id", "uri"] */
function columnsIn(message: string): string[] {
  const [, list = ""] = message.split("constraint failed: ");
  return list.split(", ").map((column) => column.split(".").at(-1) ?? column);
}
