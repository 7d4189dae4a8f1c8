/** Every wait of this part, in milliseconds. Tests hand in shorter ones. */
export const TOR_LIMITS = {
  /** Connecting does not get on: without any network, without a route, with both. */
  noNetworkMs: 8_000,
  noRouteMs: 20_000,
  blockedMs: 60_000,
  lookMs: 2_000,
  /** Before a tor that died is started again. */
  diedFirstMs: 1_000,
  diedMaxMs: 300_000,
  /** Before a tor that does not get on is started again. */
  stuckFirstMs: 60_000,
  stuckMaxMs: 600_000,
  /** How long a tor must have been up for the waits to start over. */
  steadyMs: 600_000,
  keepStateMs: 300_000,
  clockLookMs: 10_000,
  /** After the last answer of the directories to an upload; when they never answer. */
  settleMs: 5_000,
  silentMs: 90_000,
  refusedFirstMs: 5_000,
  refusedMaxMs: 300_000,
  /** Between failed self-tests; between passed ones; how long one may take. */
  testFirstMs: 2_000,
  testMaxMs: 60_000,
  testAgainMs: 900_000,
  testMs: 60_000,
};

export type TorLimits = typeof TOR_LIMITS;
