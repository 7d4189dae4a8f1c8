/** Tor's configuration goes to its standard input: no file of ours lies about, and no file of the system is read. */
export const TOR_ARGUMENTS = ["-f", "-", "--defaults-torrc", "/nonexistent", "--ignore-missing-torrc"];

export type TorrcFacts = {
  folder: string;
  controlSocket: string;
  socksSocket: string;
  passwordHash: string;
  ownerPid: number;
  bridges: readonly string[];
  extra: readonly string[];
};

const quoted = (path: string): string => `"${path.replace(/["\\]/g, "\\$&")}"`;

export function torrc(facts: TorrcFacts): string {
  return [
    `DataDirectory ${quoted(facts.folder)}`,
    // Tor ends with us, however we end: when the control connection closes, and when this process is gone.
    `__OwningControllerProcess ${facts.ownerPid}`,
    // As a port, for only there Tor reads a path with a space in it.
    `ControlPort unix:${quoted(facts.controlSocket)}`,
    `HashedControlPassword ${facts.passwordHash}`,
    "CookieAuthentication 0",
    // Other credentials, other circuits: peers cannot be linked with each other. ExtendedErrors says why an onion failed.
    `SocksPort unix:${quoted(facts.socksSocket)} IsolateSOCKSAuth ExtendedErrors`,
    "SafeSocks 1",
    "ClientOnly 1",
    "ClientRejectInternalAddresses 1",
    "SafeLogging 1",
    "Log warn stdout",
    "AvoidDiskWrites 1",
    "ShutdownWaitLength 0",
    "DormantCanceledByStartup 1",
    ...facts.bridges,
    ...facts.extra,
    "",
  ].join("\n");
}
