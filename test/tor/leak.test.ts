import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);
/**
 * Loopback and nothing else. Two programs of others try a route without sending anything, and each try would count:
 * Tor, when it finds no address of this computer but 127.0.0.1 (so it finds one of the documentation's, RFC 5737);
 * Chromium, which asks once whether a fixed IPv6 address could be reached (so that one address leads to loopback).
 */
const ip = `LD_LIBRARY_PATH="${process.env["TSSOP_IP_LIBRARIES"] ?? ""}" "${process.env["TSSOP_IP"] ?? "ip"}"`;
const inside = [
  `${ip} link set lo up`,
  `${ip} addr add 192.0.2.1/32 dev lo`,
  `${ip} -6 route add local 2001:4860:4860::8888/128 dev lo`,
  `exec "${process.execPath}" test/support/leak/inside.ts`,
].join(" && ");

type Report = Record<
  "before" | "afterScenario" | "afterBrowser" | "afterProvokedLeak",
  Record<string, number>
> & {
  pages: string[];
};

test("D1, D6, D7: three people and a browser on the owner's pages send nothing but to this computer", async () => {
  // A resolver is named only inside: a look-up then meets a missing route and is counted, instead of a silent refusal.
  expect(readFileSync("/etc/resolv.conf", "utf8")).toContain("nameserver");
  const flags = process.getuid?.() === 0 ? ["-n"] : ["-rn"];
  const { stdout } = await run("unshare", [...flags, "sh", "-c", inside], { maxBuffer: 1 << 24 });
  const report: Report = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
  const none = { OutNoRoutes: 0, Ip6OutNoRoutes: 0 };
  expect(report.before).toEqual(none);
  expect(report.afterScenario).toEqual(none);
  expect(report.pages.length).toBeGreaterThan(8);
  expect(report.afterBrowser).toEqual(none);
  const provoked = report.afterProvokedLeak;
  expect((provoked["OutNoRoutes"] ?? 0) + (provoked["Ip6OutNoRoutes"] ?? 0)).toBeGreaterThan(0);
});
