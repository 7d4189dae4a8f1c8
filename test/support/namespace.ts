import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
/**
 * Loopback and nothing else. Two programs of others try a route without sending anything, and each try would count:
 * Tor, when it finds no address of this computer but 127.0.0.1 (so it finds one of the documentation's, RFC 5737);
 * Chromium, which asks once whether a fixed IPv6 address could be reached (so that one address leads to loopback).
 */
const ip = `LD_LIBRARY_PATH="${process.env["TSSOP_IP_LIBRARIES"] ?? ""}" "${process.env["TSSOP_IP"] ?? "ip"}"`;

/** Runs a script in a network namespace of its own; returns the JSON of the last line that it prints. */
export async function inNamespace<Report>(script: string): Promise<Report> {
  const inside = [
    `${ip} link set lo up`,
    `${ip} addr add 192.0.2.1/32 dev lo`,
    `${ip} -6 route add local 2001:4860:4860::8888/128 dev lo`,
    `exec "${process.execPath}" ${script}`,
  ].join(" && ");
  const flags = process.getuid?.() === 0 ? ["-n"] : ["-rn"];
  const { stdout } = await run("unshare", [...flags, "sh", "-c", inside], { maxBuffer: 1 << 24 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
}
