import { readFileSync } from "node:fs";

/** How often this network namespace was asked for a way that does not exist: each one would have been a leak. */
export type Leaks = { OutNoRoutes: number; Ip6OutNoRoutes: number };

export function leaks(): Leaks {
  const [names = "", values = ""] = readFileSync("/proc/net/snmp", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("Ip:"));
  const column = names.split(" ").indexOf("OutNoRoutes");
  const six = /^Ip6OutNoRoutes\s+(\d+)/m.exec(readFileSync("/proc/net/snmp6", "utf8"));
  if (column < 1 || six === null) throw new Error("the counters of this kernel could not be read");
  return { OutNoRoutes: Number(values.split(" ")[column]), Ip6OutNoRoutes: Number(six[1]) };
}
