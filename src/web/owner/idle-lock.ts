import type { OwnerPorts } from "../ports.ts";
import { idleMsOf, readPreferences } from "./preferences.ts";
import type { Sessions } from "./session.ts";

const LOOK_EVERY = 15_000;

export type IdleLock = {
  /** Looks whether the pages were silent for too long, and locks them then. Called by itself every 15 seconds. */
  look(): Promise<void>;
  /** An app did something for the owner. */
  seen(): void;
  close(): void;
};

type Ports = Pick<OwnerPorts, "acting" | "now" | "log" | "screenLock">;

/**
 * Locks the pages when the owner has been away for a while; the node goes on serving. Only if somebody was in: where an app
 * alone is used nobody would be there to unlock.
 */
export function createIdleLock(ports: Ports, sessions: Pick<Sessions, "lastSeen">): IdleLock {
  let appSeen = 0;
  const look = async () => {
    const acting = ports.acting();
    const seen = sessions.lastSeen();
    if (acting === null || seen === 0) return;
    const idle = idleMsOf(await readPreferences(acting));
    if (ports.now() - Math.max(seen, appSeen) > idle) ports.screenLock();
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => ports.log.error("idle lock", error));
  }, LOOK_EVERY);
  timer.unref();
  return {
    look,
    seen: () => {
      appSeen = ports.now();
    },
    close: () => clearInterval(timer),
  };
}
