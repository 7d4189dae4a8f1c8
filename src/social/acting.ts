import type { Clock } from "../lib/clock.ts";
import type { Random } from "../lib/ids.ts";
import type { ReadClient, Tx } from "../store/tx.ts";
import type { Identity } from "./identity/identity.ts";

/** What a page or an app needs to read and to act for the owner: handed out while the node is open. */
export type Acting = {
  readonly me: Identity;
  readonly read: ReadClient;
  readonly transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly now: Clock;
  readonly random: Random;
};
