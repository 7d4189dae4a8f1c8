import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Finding, NodeFacts } from "./finding.ts";

/** An open socket of a process, as Linux tells it (proc(5), net/tcp). */
type Socket = { kind: "tcp" | "udp"; local: Place; remote: Place; listens: boolean };
type Place = { address: string; port: number };

const LISTEN = "0A";

/** What is open right now, and to where. Tor may speak to the network; the node and its helpers only on this computer. */
export function checkSockets(facts: NodeFacts | null): Finding[] {
  if (facts === null) return [unknown("TSSOP is not running with this folder, so no connection is open.")];
  if (process.platform !== "linux") return [unknown("Open connections can only be looked at on Linux.")];
  const tor = facts.tor?.pid ?? 0;
  const ours = family(facts.pid).filter((pid) => pid !== tor);
  const sockets = ours.flatMap((pid) => socketsOf(pid));
  const outside = sockets.filter((socket) => !staysHere(socket, facts.port));
  const own: Finding =
    outside.length === 0
      ? {
          check: "sockets",
          good: true,
          sentence: `The program has ${sockets.length} connections open, all of them on this computer, for your page and for Tor.`,
        }
      : {
          check: "sockets",
          good: false,
          sentence: `The program has connections that it must not have: ${outside.map(inWords).join(", ")}.`,
        };
  return tor === 0 ? [own] : [own, torsOwn(tor)];
}

function torsOwn(pid: number): Finding {
  const sockets = socketsOf(pid);
  const open = sockets.filter(({ listens, local }) => listens && !isLoopback(local.address));
  if (open.length > 0) {
    return {
      check: "sockets",
      good: false,
      sentence: `Tor takes connections from outside: ${open.map(inWords).join(", ")}.`,
    };
  }
  const out = sockets.filter(({ listens, kind }) => !listens && kind === "tcp").length;
  return {
    check: "sockets",
    good: true,
    sentence: `Tor has ${out} connections into its network, and takes none from outside.`,
  };
}

const unknown = (sentence: string): Finding => ({ check: "sockets", good: null, sentence });

function staysHere({ kind, local, remote, listens }: Socket, port: number): boolean {
  if (kind === "udp" || !isLoopback(local.address)) return false;
  return listens ? local.port === port : isLoopback(remote.address);
}

function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1" || address.startsWith("::ffff:127.");
}

const inWords = ({ kind, local, remote, listens }: Socket) =>
  listens
    ? `${kind}, open at ${local.address} port ${local.port}`
    : `${kind} to ${remote.address} port ${remote.port}`;

/** A process and those that it started. */
function family(pid: number): number[] {
  const children = (of: number) =>
    processes()
      .filter(({ parent }) => parent === of)
      .map((process) => process.pid);
  return [pid, ...children(pid).flatMap((child) => family(child))];
}

function processes(): { pid: number; parent: number }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "latin1");
        // The name in parentheses may hold anything: what comes after the last one is fixed.
        const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
        return [{ pid: Number(name), parent }];
      } catch {
        return []; // ended meanwhile
      }
    });
}

function socketsOf(pid: number): Socket[] {
  const held = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return [/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? ""];
      } catch {
        return []; // closed meanwhile
      }
    }),
  );
  return (["tcp", "tcp6", "udp", "udp6"] as const).flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, "latin1")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => held.has(columns[9] ?? "-"))
      .map((columns) => ({
        kind: table.startsWith("tcp") ? ("tcp" as const) : ("udp" as const),
        local: placeOf(columns[1] ?? ""),
        remote: placeOf(columns[2] ?? ""),
        listens: columns[3] === LISTEN && table.startsWith("tcp"),
      })),
  );
}

/** "0100007F:1F90" -> 127.0.0.1, 8080. Each four bytes are in the order of the machine. */
export function placeOf(text: string): Place {
  const [address = "", port = "0"] = text.split(":");
  const bytes = (address.match(/.{8}/g) ?? []).flatMap((word) => [...Buffer.from(word, "hex").reverse()]);
  const parts =
    bytes.length === 4
      ? bytes.join(".")
      : shortened(
          Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] ?? 0) << 8) | (bytes[2 * at + 1] ?? 0)),
          bytes,
        );
  return { address: parts, port: Number.parseInt(port, 16) };
}

function shortened(groups: number[], bytes: number[]): string {
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return `::ffff:${bytes.slice(12).join(".")}`;
  }
  const text = groups.map((group) => group.toString(16)).join(":");
  return text.replace(/(^|:)0(:0)+(:|$)/, "::");
}
