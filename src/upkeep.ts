import type { Federation } from "./federation/federation.ts";
import type { FileFetcher } from "./file-fetcher.ts";
import type { Clock } from "./lib/clock.ts";
import type { Log } from "./lib/log.ts";
import type { Identity } from "./social/identity/identity.ts";
import { removeDropped, sweepFiles } from "./social/media/drop.ts";
import { keepKeys } from "./social/messages/keys/own.ts";
import { releaseWithoutKey } from "./social/messages/letters/leave.ts";
import { forgetOver } from "./social/messages/together/show.ts";
import { vanishDue } from "./social/messages/vanish.ts";
import type { JobRunner } from "./store/job-runner.ts";
import type { Store } from "./store/store.ts";
import type { Tor } from "./tor/tor.ts";
import type { LiveEvent } from "./web/ports.ts";

/** Friends and pending requests are tried this often while up, milliseconds. */
const PROBE_EVERY = 15 * 60_000;
const UP_EVERY = 5 * 60_000;
/** What is to vanish is not shown from then on; from the disk it goes this much later at the most. */
const VANISH_EVERY = 60_000;
const KEYS_EVERY = 5 * 60_000;
/** A node that is on for an hour a day is swept too; not while it starts. */
const SWEEP_FIRST = 2 * 60_000;
const SWEEP_EVERY = 6 * 60 * 60_000;

type Following = {
  tor: Tor;
  runner: JobRunner;
  fetcher: FileFetcher;
  onLive: (event: LiveEvent) => void;
  /** Each time that it was seen that people can reach this node, after a time when they could not. */
  onReachable: () => void;
};

/** Nothing is tried while Tor is down; everything is tried once it is up. */
export function followNetwork(
  stack: AsyncDisposableStack,
  { tor, runner, fetcher, onLive, onReachable }: Following,
): void {
  let up = false;
  let reached = false;
  runner.pause();
  stack.defer(
    tor.onState((state) => {
      const isUp =
        tor.socks() !== null &&
        (state.at === "published" || state.at === "reachable" || state.at === "connected");
      if (isUp && !up) {
        runner.resume();
        runner.wake();
        fetcher.wake();
      } else if (!isUp && up) runner.pause();
      up = isUp;
      if (state.at === "reachable" && !reached) onReachable();
      reached = state.at === "reachable";
      onLive({ changed: ["network"] });
    }),
  );
}

const liveNames: Record<string, LiveEvent["changed"][number]> = {
  Post: "posts",
  Person: "people",
  Subscription: "people",
  Blocked: "people",
  Muted: "people",
  MutedWord: "posts",
  Report: "notices",
  BlockedHost: "people",
  Knock: "people",
  Friendship: "people",
  Introduction: "people",
  Notice: "notices",
  Marker: "notices",
  Delivery: "deliveries",
  Setting: "profile",
  ProfileField: "profile",
  Attachment: "posts",
  MissingPost: "posts",
  ThreadLook: "posts",
  Message: "messages",
  MessageChange: "messages",
  MessageFile: "files",
  Conversation: "messages",
  PersonKey: "messages",
  Together: "messages",
  KeyWord: "messages",
};

/** What holds words of somebody: once a row of these is gone, so are they. */
const wordy = [
  ...["Post", "Knock", "Media", "Friendship", "Introduction", "PassedAnswer"],
  ...["Audience", "ProfileField", "Guest", "GuestVisit"],
  ...["Message", "MessageChange", "Conversation", "SealedLetter", "MessageSubkey"],
  ...["MessageFile", "Together", "KeyWord", "Secret"],
];

/** Tells open pages what changed, and makes deletion real: the log is emptied once rows are gone. */
export function followStore(
  stack: AsyncDisposableStack,
  store: Store,
  onLive: (event: LiveEvent) => void,
  log: Log,
): void {
  let timer: NodeJS.Timeout | null = null;
  const purge = async () => {
    await removeDropped(store);
    await store.purge();
  };
  const purgeSoon = () => {
    timer ??= setTimeout(() => {
      timer = null;
      purge().catch((error: unknown) => log.error("purge", error));
    }, 500);
  };
  // What was to go when the program ended.
  purgeSoon();
  stack.defer(() => {
    if (timer !== null) clearTimeout(timer);
  });
  stack.defer(
    store.onCommit((entities) => {
      const changed = new Set([...entities].flatMap((name) => liveNames[name] ?? []));
      if (changed.size > 0) onLive({ changed: [...changed] });
      if (wordy.some((name) => entities.has(name))) purgeSoon();
    }),
  );
}

type Upkeep = {
  store: Store;
  identity: Identity;
  federation: Pick<Federation, "hostsToProbe" | "comeBack" | "noteUp" | "sweep">;
  runner: Pick<JobRunner, "wake">;
  /** Whether people can reach this node, as far as is known. */
  isReachable: () => boolean;
  now: Clock;
  log: Log;
};

/** The regular work of a node that is up. */
export function keepUp(stack: AsyncDisposableStack, o: Upkeep): void {
  const { store, identity, federation, runner, isReachable, now, log } = o;
  const every = (milliseconds: number, what: string, work: () => Promise<void>) => {
    const timer = setInterval(() => {
      work().catch((error: unknown) => log.error(what, error));
    }, milliseconds);
    stack.defer(() => clearInterval(timer));
  };
  every(PROBE_EVERY, "probe", async () => {
    for (const host of await federation.hostsToProbe(now())) runner.wake(host);
  });
  // Who was asleep for days comes back without a start, and may seem reachable all the time.
  every(UP_EVERY, "presence", async () => {
    if (isReachable()) await federation.comeBack(now());
  });
  every(VANISH_EVERY, "messages that vanish", () => vanishDue(store, now()));
  every(VANISH_EVERY, "codes that are over", () => forgetOver(store, now()));
  every(KEYS_EVERY, "keys of messages", () => keepKeys(store, identity, now()));
  stack.defer(async () => {
    if (isReachable()) await federation.noteUp(now()).catch((error: unknown) => log.error("presence", error));
  });
  const sweep = async () => {
    await federation.sweep(now());
    await sweepFiles(store, now());
    await store.transact((tx) => releaseWithoutKey(tx, now()));
    await store.purge();
  };
  const first = setTimeout(() => {
    sweep().catch((error: unknown) => log.error("sweep", error));
  }, SWEEP_FIRST);
  stack.defer(() => clearTimeout(first));
  every(SWEEP_EVERY, "sweep", sweep);
}
