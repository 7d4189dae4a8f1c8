import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";

/** One relay of the network; the authority is one, too. */
export type Relay = {
  name: string;
  authority: boolean;
  folder: string;
  orPort: number;
  dirPort: number;
  /** Lets connections out, to port 443 of this computer. */
  exit: Exit | null;
};

/** `resolver`: a file as resolv.conf, whose server answers for the names outside. */
export type Exit = { resolver: string };

/** What every tor of the network must know, clients too. */
export function commonLines(authorityLine: string): string[] {
  return [
    "TestingTorNetwork 1",
    authorityLine,
    // In so small a network all descriptors are needed, or circuits start on too few relays.
    "PathsNeededToBuildCircuits 0.67",
    "Address 127.0.0.1",
    "ClientUseIPv6 0",
  ];
}

export function relayLines(relay: Relay, common: readonly string[]): string[] {
  return [
    ...common,
    `Nickname ${relay.name}`,
    `DataDirectory ${relay.folder}`,
    // The network ends with its driver, even when that is killed.
    `__OwningControllerProcess ${process.pid}`,
    `ControlSocket ${join(relay.folder, "control.sock")}`,
    "CookieAuthentication 0",
    "__ReloadTorrcOnSIGHUP 0",
    "SocksPort 0",
    `ORPort 127.0.0.1:${relay.orPort} IPv4Only`,
    "AssumeReachable 1",
    "ContactInfo none@test.invalid",
    "AvoidDiskWrites 1",
    "NumCPUs 1",
    "ExtendAllowPrivateAddresses 1",
    "ShutdownWaitLength 0",
    "PublishServerDescriptor 1",
    ...(relay.exit === null ? ["ExitRelay 0", "ExitPolicy reject *:*"] : exitLines(relay.exit)),
    // Every client has the same address here.
    "DoSCircuitCreationEnabled 0",
    "DoSConnectionEnabled 0",
    "DoSRefuseSingleHopClientRendezvous 0",
    `Log notice file ${join(relay.folder, "notice.log")}`,
    ...(relay.authority ? authorityLines(relay) : []),
  ];
}

function exitLines({ resolver }: Exit): string[] {
  return [
    "ExitRelay 1",
    // A policy for this computer alone would not be seen by clients: summaries leave private addresses out.
    "ExitPolicy accept *:443",
    "ExitPolicy reject *:*",
    "ExitPolicyRejectPrivate 0",
    "ExitPolicyRejectLocalInterfaces 0",
    `ServerDNSResolvConfFile ${resolver}`,
    "ServerDNSDetectHijacking 0",
    "ServerDNSAllowBrokenConfig 1",
    "ServerDNSSearchDomains 0",
  ];
}

/** The first vote is far away: it is brought near once every relay is known. */
function authorityLines(relay: Relay): string[] {
  return [
    `DirPort 127.0.0.1:${relay.dirPort}`,
    "AuthoritativeDirectory 1",
    "V3AuthoritativeDirectory 1",
    "TestingDirAuthVoteHSDir *",
    "TestingDirAuthVoteGuard *",
    // The flag needs more ports than one; who rejects all is not chosen for it.
    "TestingDirAuthVoteExit *",
    "TestingMinExitFlagThreshold 0",
    "V3AuthNIntervalsValid 100",
    "TestingV3AuthInitialVotingInterval 1800",
    "TestingV3AuthInitialVoteDelay 2",
    "TestingV3AuthInitialDistDelay 2",
    // No new consensus within a test run, and onion time periods as long as on the live network.
    "V3AuthVotingInterval 3600",
    "V3AuthVoteDelay 2",
    "V3AuthDistDelay 2",
  ];
}

/** So many different free ports; all are held open while they are chosen. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve, reject) => {
          server.once("error", reject);
          server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
