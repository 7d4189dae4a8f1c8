import { statSync } from "node:fs";
import type { Finding, NodeFacts } from "./finding.ts";

const DAY = 24 * 60 * 60_000;
const OLD = 180 * DAY;

/** When the Node of our packages was released; its files carry no date. A test holds it against package.json. */
export const RUNTIME = { version: "26.10.0", released: Date.UTC(2026, 8, 23) };

type Options = { facts: NodeFacts | null; torBinary: string | null; node: string; now: number };

/** What runs here, and how old it is: security mends reach only who has a new one. */
export function checkVersions({ facts, torBinary, node, now }: Options): Finding[] {
  const released = node === RUNTIME.version ? RUNTIME.released : null;
  return [
    aged(`Node ${facts?.node ?? node}`, released, now),
    torBinary === null
      ? { check: "versions", good: false, sentence: "No Tor was found on this computer." }
      : aged(facts?.tor ? `Tor ${facts.tor.version}` : "Tor", dateOf(torBinary), now),
  ];
}

function aged(what: string, made: number | null, now: number): Finding {
  if (made === null) {
    return {
      check: "versions",
      good: null,
      sentence: `${what} is in use; how old it is cannot be told from its files.`,
    };
  }
  const days = Math.max(0, Math.floor((now - made) / DAY));
  const date = new Date(made).toISOString().slice(0, 10);
  const good = now - made <= OLD;
  const advice = good ? "" : " That is old: look for a newer version.";
  return { check: "versions", good, sentence: `${what} is of ${date}, ${days} days old.${advice}` };
}

/** Packages keep the day a program was built; some are packed with a date that means nothing. */
function dateOf(path: string): number | null {
  const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return made > Date.UTC(2020, 0) ? made : null;
}
