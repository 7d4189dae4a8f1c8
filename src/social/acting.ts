import type { Clock } from "../lib/clock.ts";
import type { Random } from "../lib/ids.ts";
import type { ReadClient, Tx } from "../store/tx.ts";
import type { Identity } from "./identity/identity.ts";

/** Something to be done in one transaction. */
export type Work<T> = (tx: Tx) => Promise<T>;

/** What a page or an app needs to read and to act for the owner: handed out while the node is open. */
export type Acting = {
  readonly me: Identity;
  readonly read: ReadClient;
  readonly transact: <T>(work: Work<T>) => Promise<T>;
  readonly now: Clock;
  readonly random: Random;
};
