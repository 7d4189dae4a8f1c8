import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTorNetwork } from "../test/support/tor-network/network.ts";
import { documentOf, type Section } from "./lib/document.ts";
import { machine } from "./lib/machine.ts";
import { type Outcome, plainOf } from "./lib/report.ts";
import { runBench } from "./lib/run-bench.ts";

/**
 * `npm run bench`: all benches one after the other, each in a process of its own, into docs/bench.md. With names of
 * benches only those run, and the document stays as it is.
 */
type Entry = { name: string; title: string; needsTor?: boolean };

/** Those that need the private Tor network come last: its relays would take part of the processor from the others. */
const benches: Entry[] = [
  { name: "start", title: "Starting and unlocking" },
  { name: "pages", title: "The timeline and a thread, by number of posts" },
  { name: "thread", title: "A thread of 2,000 replies" },
  { name: "audiences", title: "Audiences" },
  { name: "messages", title: "Messages" },
  { name: "cipher", title: "What encryption costs" },
  { name: "inbound", title: "Taking in a signed post" },
  { name: "activities", title: "Taking in one of each kind" },
  { name: "catch-up", title: "Catching up on 1,000 missed posts" },
  { name: "outbound", title: "Sending a post to 1,000 subscribers" },
  { name: "flood", title: "A flood" },
  { name: "media", title: "A film of 100 MB, in and out" },
  { name: "backup", title: "A backup, and bringing it back" },
  { name: "contact", title: "First contact over Tor", needsTor: true },
  { name: "company", title: "One post to everybody, over Tor", needsTor: true },
  { name: "messages-file", title: "A file of a message", needsTor: true },
  { name: "idle", title: "Doing nothing", needsTor: true },
];

const began = performance.now();
const secondsSince = (from: number) => (performance.now() - from) / 1000;
const say = (line: string) => {
  process.stdout.write(`${secondsSince(began).toFixed(1).padStart(6)} s  ${line}\n`);
};

const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());

async function runAll(wanted: Entry[]): Promise<Section[]> {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), "tssop-bench-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  let torrc: string[] = [];
  const joinNetwork = async () => {
    if (torrc.length > 0) return;
    say("  a private Tor network on this computer");
    const network = await startTorNetwork({ tor: process.env["TSSOP_TOR"] ?? "tor" });
    stack.defer(() => network.stop());
    torrc = network.clientTorrc;
  };
  const sections: Section[] = [];
  for (const { name, title, needsTor } of wanted) {
    say(title);
    const from = performance.now();
    let outcome: Outcome;
    try {
      if (needsTor === true) await joinNetwork();
      const steps = (step: string) => say(`  ${step}`);
      outcome = await runBench({ name, torrc, folder, say: steps, signal: stopping.signal });
    } catch (error) {
      outcome = { failed: error instanceof Error ? error.message : String(error) };
    }
    if ("failed" in outcome) say(`  failed: ${outcome.failed}`);
    else process.stdout.write(`${plainOf(outcome)}\n`);
    sections.push({ title, outcome, seconds: secondsSince(from) });
    if (stopping.signal.aborted) break;
  }
  return sections;
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !benches.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`There is no bench “${unknown}”: ${benches.map(({ name }) => name).join(", ")}\n`);
    process.exitCode = 1;
    return;
  }
  const where = machine();
  for (const line of where) say(line);
  const sections = await runAll(benches.filter(({ name }) => asked.length === 0 || asked.includes(name)));
  if (sections.some(({ outcome }) => "failed" in outcome)) process.exitCode = 1;
  if (asked.length > 0 || stopping.signal.aborted) return;
  const path = join(import.meta.dirname, "..", "docs", "bench.md");
  writeFileSync(path, documentOf(where, sections, secondsSince(began)));
  say("docs/bench.md is written");
}

await main();
