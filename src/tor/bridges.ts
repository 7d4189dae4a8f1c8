import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { NodeError } from "../lib/errors.ts";

export type Bridge = { line: string; transport: string | null };

const PLACE = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:.]+\]):\d{1,5}$/;
const TRANSPORT = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** "[transport] address:port [fingerprint] [key=value …]", as bridges.torproject.org gives them; "Bridge " may stand before. */
export function parseBridge(text: string): Bridge {
  const line = text.trim().replace(/^bridge\s+/i, "");
  const words = line.split(/\s+/);
  const first = words[0] ?? "";
  const transport = PLACE.test(first) ? null : first;
  const rest = words.slice(transport === null ? 0 : 1);
  const wellFormed =
    line.length <= 1000 &&
    !/[^\x20-\x7e\t]/.test(line) &&
    (transport === null || TRANSPORT.test(transport)) &&
    PLACE.test(rest[0] ?? "") &&
    rest
      .slice(1)
      .every((word, index) => (index === 0 && /^[0-9a-fA-F]{40}$/.test(word)) || /^[\w-]+=\S+$/.test(word));
  if (!wellFormed) throw new NodeError("bridge-not-understood", "a bridge line was not understood");
  return { line: words.join(" "), transport };
}

/** The program that speaks obfs4 and its kin, where Tor's packages and bundles put it. */
export function findTransportProgram(torBinary: string): string | null {
  const beside = dirname(torBinary);
  const folders = [
    beside,
    join(beside, "pluggable_transports"),
    "/usr/bin",
    "/usr/local/bin",
    "/opt/homebrew/bin",
    "/opt/local/bin",
  ];
  for (const folder of folders) {
    for (const name of ["lyrebird", "obfs4proxy"]) {
      const file = join(folder, name);
      if (existsSync(file)) return file;
    }
  }
  return null;
}

const SPOKEN = new Set(["obfs4", "meek_lite", "webtunnel", "snowflake", "obfs3", "scramblesuit"]);

/**
 * Lines for the torrc. Throws when a bridge cannot be used here: going without it, directly, is what
 * somebody who pasted bridges must be kept from.
 */
export function bridgeLines(texts: readonly string[], program: string | null): string[] {
  const bridges = texts.filter((text) => text.trim() !== "").map(parseBridge);
  if (bridges.length === 0) return [];
  const transports = new Set(bridges.flatMap(({ transport }) => transport ?? []));
  const unspoken = [...transports].find((name) => program === null || !SPOKEN.has(name));
  if (unspoken !== undefined) {
    throw new NodeError("bridge-not-understood", `no program for the transport ${unspoken}`, {
      safe: `Bridges of the kind “${unspoken}” need another program. Install the package “obfs4proxy” (or “lyrebird”), or paste a bridge of another kind.`,
    });
  }
  const plugin =
    transports.size > 0 ? [`ClientTransportPlugin ${[...transports].join(",")} exec ${program}`] : [];
  return ["UseBridges 1", ...plugin, ...bridges.map(({ line }) => `Bridge ${line}`)];
}
