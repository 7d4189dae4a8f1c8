import { carried } from "./driver-error.ts";
import type { PrismaClient } from "./generated/client.ts";
import { tables } from "./tables.ts";
import type { ReadClient } from "./tx.ts";

const methods = [
  "findUnique",
  "findUniqueOrThrow",
  "findFirst",
  "findFirstOrThrow",
  "findMany",
  "count",
  "aggregate",
  "groupBy",
] as const;

type Method = (this: unknown, options?: unknown) => Promise<unknown>;

/** The reading half of a client: its writing methods are not there to be called by mistake, at run time either. */
export function readingOf(prisma: PrismaClient): ReadClient {
  const models = tables.map(({ name }) => {
    const model = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
    const delegate: object = Reflect.get(prisma, model);
    return [model, Object.fromEntries(methods.map((method) => [method, reading(delegate, method)]))];
  });
  // Put together by name: the types of the delegates cannot be followed through that.
  return Object.fromEntries(models) as unknown as ReadClient;
}

function reading(delegate: object, method: string): Method {
  const call: Method = Reflect.get(delegate, method);
  return async (options) => {
    try {
      return await call.call(delegate, options);
    } catch (error) {
      throw carried(error);
    }
  };
}
