import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Clock } from "../../lib/clock.ts";
import type { Random } from "../../lib/ids.ts";

/**
 * Browsers that have shown the passphrase, or a single-use token of the program itself. In memory only: a session dies
 * with the process, and all of them when the pages are locked.
 * Cookies are shared between the ports of 127.0.0.1, so the cookie's name is random for each run, and a cookie alone
 * changes nothing: every form carries a token too.
 */
export type Session = {
  /** Goes with every form of this browser. */
  readonly formToken: string;
  readonly since: number;
  seenAt: number;
  /** What became of the last form, to be said on the next page. */
  said: string | null;
};

export type Sessions = {
  /** The session of a request, unless it has been idle for longer than this. `seen`: the owner did this request. */
  find(req: IncomingMessage, idleMs: number, seen: boolean): Session | null;
  start(): { session: Session; cookie: string };
  endAll(): void;
  /** Milliseconds since 1970; 0 when nobody is in. */
  lastSeen(): number;
  /** A secret for the owner's browser, good once, for five minutes. */
  newLoginToken(): string;
  useLoginToken(token: string): boolean;
};

const MOST = 100;
const LONGEST_LIFE = 30 * 24 * 60 * 60_000;
const TOKEN_LIFE = 5 * 60_000;

export function createSessions(random: Random, now: Clock): Sessions {
  const name = `tssop_${random(6).toString("hex")}`;
  const sessions = new Map<string, Session>();
  const tokens = new Map<string, number>();
  const secret = () => random(32).toString("base64url");
  return {
    find(req, idleMs, seen) {
      const key = hashOf(cookieIn(req, name) ?? "");
      const session = sessions.get(key);
      if (session === undefined) return null;
      const at = now();
      if (at - session.since > LONGEST_LIFE || at - session.seenAt > idleMs) {
        sessions.delete(key);
        return null;
      }
      if (seen) session.seenAt = at;
      return session;
    },
    start() {
      const id = secret();
      const at = now();
      const session: Session = { formToken: secret(), since: at, seenAt: at, said: null };
      sessions.set(hashOf(id), session);
      const [oldest] = sessions.keys();
      if (sessions.size > MOST && oldest !== undefined) sessions.delete(oldest);
      return { session, cookie: `${name}=${id}; Path=/; HttpOnly; SameSite=Strict` };
    },
    endAll: () => sessions.clear(),
    lastSeen: () => Math.max(0, ...[...sessions.values()].map(({ seenAt }) => seenAt)),
    newLoginToken() {
      const token = secret();
      for (const [key, until] of tokens) if (until <= now()) tokens.delete(key);
      tokens.set(hashOf(token), now() + TOKEN_LIFE);
      return token;
    },
    useLoginToken(token) {
      const until = tokens.get(hashOf(token));
      tokens.delete(hashOf(token));
      return until !== undefined && until > now();
    },
  };
}

/** Secrets are looked up by their hash, so how long it takes says nothing about them. */
function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(one)), Buffer.from(hashOf(other)));
}

function cookieIn(req: IncomingMessage, name: string): string | null {
  for (const part of (req.headers.cookie ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}
