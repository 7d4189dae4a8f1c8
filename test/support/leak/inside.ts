import { lookup } from "node:dns/promises";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startChromium } from "../chromium.ts";
import { walkOwnersPages } from "../owner-walk.ts";
import { type Person, startPerson } from "../person.ts";
import { threePeople } from "../scenario.ts";
import { startTorNetwork } from "../tor-network/network.ts";
import { leaks } from "./counters.ts";

/**
 * Runs inside a network namespace that has nothing but loopback: the demo's three people over a private Tor network,
 * with Chromium on the owner's pages. Prints one JSON line with what was counted at each point.
 */
const folder = mkdtempSync(join(tmpdir(), "tssop-leak-"));
const report: Record<string, unknown> = { before: leaks() };
await using stack = new AsyncDisposableStack();
stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const network = await startTorNetwork({ tor: process.env["TSSOP_TOR"] ?? "tor" });
stack.defer(() => network.stop());

const people = await Promise.all(
  ["Alice", "Bob", "Carla"].map(async (name) => {
    const person = await startPerson({ name, folder, torrc: network.clientTorrc });
    stack.defer(() => person.stop());
    await person.event("reachable");
    return person;
  }),
);
await threePeople(people as [Person, Person, Person], (step) => process.stderr.write(`${step}\n`));
report["afterScenario"] = leaks();

const [alice] = people;
if (alice !== undefined) {
  const browser = await startChromium();
  stack.defer(() => browser.close());
  report["pages"] = await walkOwnersPages(browser, alice);
}
report["afterBrowser"] = leaks();

// The counters must be able to count, or zero would mean nothing.
await lookup("leak.example").catch(() => {});
report["afterProvokedLeak"] = leaks();
process.stdout.write(`${JSON.stringify(report)}\n`);
await stack.disposeAsync();
process.exit(0);
