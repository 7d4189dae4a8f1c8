/** Everything that can go wrong with Tor; the pages have a sentence and a next step for each. */
export type TorFailure =
  | "tor-missing"
  | "tor-too-old"
  | "no-network"
  | "clock-wrong"
  | "blocked"
  | "tor-died"
  | "publish-refused"
  | "not-reachable-yet";

/** Times are milliseconds since 1970. `nextTryAt` 0: it is tried again only when somebody asks for it. */
export type TorState =
  | { at: "off" }
  /** `stage` is Tor's own tag, e.g. "conn_done". */
  | { at: "connecting"; percent: number; stage: string; since: number }
  /** Tor is up; no address of ours is published yet. */
  | { at: "connected"; since: number }
  /** The descriptor is uploaded; the self-test has not been seen true yet. */
  | { at: "published"; onion: string; since: number }
  | { at: "reachable"; onion: string; since: number; testedAt: number }
  | { at: "failed"; failure: TorFailure; detail: string; since: number; nextTryAt: number };
