import type { Person } from "@fedify/fedify/vocab";
import type { Clock } from "../lib/clock.ts";
import type { Log } from "../lib/log.ts";
import type { Rates } from "../lib/rates.ts";
import type { Viewer } from "../social/access.ts";
import type { Identity } from "../social/identity/identity.ts";
import type { Store } from "../store/store.ts";
import type { Addresses } from "./addresses.ts";
import type { Subscribers } from "./collections/subscribers.ts";
import type { Documents } from "./documents.ts";
import type { ActorKeys } from "./keys.ts";
import type { Deliver } from "./outbox/deliver.ts";
import type { Blocked } from "./queries.ts";

/** What the parts of the federation share. Each takes what it uses. */
export type Parts = {
  readonly store: Store;
  readonly identity: Identity;
  readonly at: Addresses;
  readonly keys: ActorKeys;
  readonly documents: Documents;
  readonly deliver: Deliver;
  /** What anyone may ask for is answered from memory, however busy the store is; others than strangers get their own. */
  readonly ownActor: (viewer: Viewer) => Promise<Person>;
  /** Ids of people who may get another actor than strangers do. */
  readonly whoSeesMore: () => Promise<ReadonlySet<string>>;
  readonly blocked: () => Promise<Blocked>;
  readonly subscribers: Subscribers;
  readonly onContact: (host: string) => void;
  /** Whether the owner lets this node go to a server outside the onion network. */
  readonly allowsOutside: (host: string) => boolean;
  readonly descriptor: (onion: string) => Promise<boolean>;
  /** Names a narrow post's audience without telling who is in it. */
  readonly circleOf: (postUri: string) => string;
  /** Before each piece of work that takes the thread for long: resolves when it is its turn, see lib/courtesy.ts. */
  readonly turn: () => Promise<void>;
  /** What each may ask of this node. */
  readonly rates: Rates;
  readonly now: Clock;
  readonly log: Log;
};
