import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { inNamespace } from "../support/namespace.ts";

type Report = Record<
  "before" | "afterScenario" | "afterBrowser" | "afterProvokedLeak",
  Record<string, number>
> & {
  pages: string[];
};

test("D1, D6, D7: three people and a browser on the owner's pages send nothing but to this computer", async () => {
  // A resolver is named only inside: a look-up then meets a missing route and is counted, instead of a silent refusal.
  expect(readFileSync("/etc/resolv.conf", "utf8")).toContain("nameserver");
  const report = await inNamespace<Report>("test/support/leak/inside.ts");
  const none = { OutNoRoutes: 0, Ip6OutNoRoutes: 0 };
  expect(report.before).toEqual(none);
  expect(report.afterScenario).toEqual(none);
  expect(report.pages.length).toBeGreaterThan(8);
  expect(report.afterBrowser).toEqual(none);
  const provoked = report.afterProvokedLeak;
  expect((provoked["OutNoRoutes"] ?? 0) + (provoked["Ip6OutNoRoutes"] ?? 0)).toBeGreaterThan(0);
});
