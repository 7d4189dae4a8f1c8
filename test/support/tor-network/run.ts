/** The private Tor network by itself: prints the client's torrc lines as one JSON line and runs until it is ended. */
import { startTorNetwork } from "./network.ts";

const network = await startTorNetwork({
  tor: process.env["TSSOP_TOR"] ?? "tor",
  say: (step) => process.stderr.write(`${step}\n`),
});
process.stdout.write(`${JSON.stringify({ clientTorrc: network.clientTorrc, pids: network.pids })}\n`);
const ended = new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  process.stdin.once("end", () => resolve()).resume();
});
await ended;
await network.stop();
process.exit(0);
