import type { PrismaClient } from "./generated/client.ts";

type Models = {
  [Key in keyof PrismaClient as Key extends `$${string}` | symbol ? never : Key]: PrismaClient[Key];
};
type Reading =
  | "findUnique"
  | "findUniqueOrThrow"
  | "findFirst"
  | "findFirstOrThrow"
  | "findMany"
  | "count"
  | "aggregate"
  | "groupBy";

/** Reads only: the writer's methods are not even there to be called by mistake. */
export type ReadClient = { [Model in keyof Models]: Pick<Models[Model], Reading & keyof Models[Model]> };

/** Reads and writes, inside `store.transact` only. A Tx serves as a ReadClient that sees its own writes. */
export type Tx = Models;
