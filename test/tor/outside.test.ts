import { expect, test } from "vitest";
import { inNamespace } from "../support/namespace.ts";

type Report = Record<"question" | "found" | "forged" | "numbers" | "port" | "afterRefusal", string> & {
  askedBeforeAllowed: string[];
  follow: { type: string; object: string };
  accepted: number;
  posted: number;
  forgerGot: number;
  sentAfterRefusal: number;
  leaks: Record<string, number>;
};

test("D5: a server outside is reached through a Tor exit after the owner allowed it, its certificate verified", async () => {
  const report = await inNamespace<Report>("test/support/outside/inside.ts");
  expect(report.question).toContain("mastodon.example is outside the onion network.");
  expect(report.askedBeforeAllowed).not.toContain("mastodon.example");
  expect(report.found).toContain("otto by hand");
  expect(report.follow).toMatchObject({ type: "Follow", object: "https://mastodon.example/users/otto" });
  expect([report.accepted, report.posted]).toEqual([202, 202]);
  expect(report.forged).not.toContain("otto by hand");
  expect(report.forgerGot).toBe(0);
  expect(report.numbers).toContain("does not look like an address");
  expect(report.port).toContain("does not look like an address");
  expect(report.afterRefusal).toContain("does not go there");
  expect(report.sentAfterRefusal).toBe(0);
  expect(report.leaks).toEqual({ OutNoRoutes: 0, Ip6OutNoRoutes: 0 });
});
