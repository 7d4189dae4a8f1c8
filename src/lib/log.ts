import { NodeError } from "./errors.ts";

/** A log that never names people: onion names, keys, tokens and anything long and random are scrubbed before writing. */
export interface Log {
  debug(what: string, facts?: LogFacts): void;
  info(what: string, facts?: LogFacts): void;
  warn(what: string, facts?: LogFacts): void;
  error(what: string, error?: unknown): void;
}

/** Facts are counts, states and codes. Text of people has no place here. */
export type LogFacts = Record<string, string | number | boolean>;
export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";

const levels: LogLevel[] = ["debug", "info", "warn", "error", "silent"];

export function scrub(text: string): string {
  return text
    .replace(/[a-z2-7]{56}(\.onion)?/gi, "[onion]")
    .replace(/\bhttps?:\/\/\S+/gi, "[address]")
    .replace(/\S+@\S+/g, "[address]")
    .replace(/[A-Za-z0-9+/_-]{24,}={0,2}/g, "[key]")
    .replace(/\s+/g, " ");
}

export function createLog(write: (line: string) => void, level: LogLevel): Log {
  const put = (at: LogLevel, what: string, facts?: LogFacts) => {
    if (levels.indexOf(at) < levels.indexOf(level)) return;
    const tail = facts
      ? ` ${Object.entries(facts)
          .map(([key, value]) => `${key}=${value}`)
          .join(" ")}`
      : "";
    write(`${at} ${scrub(what + tail)}\n`);
  };
  return {
    debug: (what, facts) => put("debug", what, facts),
    info: (what, facts) => put("info", what, facts),
    warn: (what, facts) => put("warn", what, facts),
    error: (what, error) => put("error", error === undefined ? what : `${what}: ${described(error)}`),
  };
}

/**
 * Name, code and place of an error. Its words only where they are our own: what others throw, from JSON.parse to the
 * database, quotes what it was given, and that may be a post.
 */
function described(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  const words = error instanceof NodeError ? ` ${error.message}` : "";
  return `${error.name}${code}${words} ${placesOf(error).join(" < ")}`;
}

/** Function, file and line of the innermost calls; folders are left out, for they name whose computer it is. */
function placesOf(error: Error): string[] {
  const stack = (error.stack ?? "").replace(error.message, "");
  const lines = stack.split("\n").map((line) => /^ +at (.*)$/.exec(line)?.[1] ?? "");
  const places = lines.map((line) => {
    const [, called, file] = /^(?:(.*?) \()?(?:.*[/\\])?([^/\\]+:\d+:\d+)\)?$/.exec(line) ?? [];
    return [called, file].filter((part) => part !== undefined).join(" ");
  });
  return places.filter((place) => place !== "").slice(0, 5);
}

const MOST_KEPT = 20;

/** The same log, and its latest warnings and errors kept in memory for the owner to read; the latest first. */
export function keepTroubles(
  log: Log,
  now: () => number,
): { log: Log; troubles(): { at: number; words: string }[] } {
  const kept: { at: number; words: string }[] = [];
  const keep = (words: string) => {
    kept.unshift({ at: now(), words: scrub(words) });
    kept.length = Math.min(kept.length, MOST_KEPT);
  };
  return {
    log: {
      debug: (what, facts) => log.debug(what, facts),
      info: (what, facts) => log.info(what, facts),
      warn(what, facts) {
        keep(what);
        log.warn(what, facts);
      },
      error(what, error) {
        keep(error === undefined ? what : `${what}: ${described(error)}`);
        log.error(what, error);
      },
    },
    troubles: () => [...kept],
  };
}
