import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Person, startPerson } from "../person.ts";
import { threePeople } from "../scenario.ts";
import { startTorNetwork } from "../tor-network/network.ts";

/** `npm run demo`: a private Tor network on this computer, three people with three real nodes, one afternoon. */
const began = performance.now();
const say = (step: string) => {
  process.stdout.write(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${step}\n`);
};

const ending = new Promise<void>((resolve) => {
  process.once("SIGINT", () => resolve());
  process.once("SIGTERM", () => resolve());
});

async function demo(): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), "tssop-demo-"));
  stack.defer(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const story = tell(stack, folder);
  const stopped = await Promise.race([story.then(() => false), ending.then(() => true)]);
  if (stopped) {
    say("Stopped before the end.");
    return;
  }
  if (process.argv.includes("--once")) return;
  say("All of it stays open for a look around. Ctrl-C ends it and leaves nothing behind.");
  await ending;
}

async function tell(stack: AsyncDisposableStack, folder: string): Promise<void> {
  say("Starting a private Tor network of five relays on this computer");
  const tor = process.env["TSSOP_TOR"] ?? "tor";
  const network = await startTorNetwork({ tor });
  stack.defer(() => network.stop());
  say("The network is up");
  const people = await Promise.all(
    ["Alice", "Bob", "Carla"].map(async (name) => {
      const person = await startPerson({ name, folder, torrc: network.clientTorrc });
      stack.defer(() => person.stop());
      say(`${name} has a page at ${person.owner} (passphrase: ${person.passphrase})`);
      await person.event("reachable");
      say(`${name} can be reached at ${person.onion}`);
      return person;
    }),
  );
  await threePeople(people as [Person, Person, Person], say);
}

try {
  await demo();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
}
process.exit();
