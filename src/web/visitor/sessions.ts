import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Clock } from "../../lib/clock.ts";
import type { Random } from "../../lib/ids.ts";

/**
 * Browsers of people and guests who came in by a link. They read and nothing else: no page of visitors takes anything
 * from a browser. What they see is worked out anew at each request; a session only says who it is.
 * In memory only, under a name that is new in each run: a cookie of another run is not even looked at.
 */
export type Reader = {
  personId: string;
  /** By which link of a guest; "" for a person who came from their own node. */
  link: string;
};

export type Sessions = {
  find(req: IncomingMessage): Reader | null;
  /** Always a new one: a cookie that the browser brings along is ended, never taken over. Returns the cookie to set. */
  start(reader: Reader, req: IncomingMessage): string;
  /** Returns the cookie that takes it away. */
  end(req: IncomingMessage): string;
  size(): number;
};

const LIFE = 12 * 60 * 60_000;
const MOST = 2_000;
/** Whoever opens their own link ten thousand times puts only themselves out. */
const MOST_OF_ONE = 10;
const HOW = "Path=/; HttpOnly; SameSite=Strict";

export function createSessions(random: Random, now: Clock): Sessions {
  const name = `reader_${random(6).toString("hex")}`;
  /** By the hash of the cookie, the oldest first. */
  const sessions = new Map<string, Reader & { since: number }>();
  const keyOf = (req: IncomingMessage) => hashOf(cookieIn(req, name) ?? "");

  return {
    find(req) {
      const key = keyOf(req);
      const session = sessions.get(key);
      if (session === undefined) return null;
      if (now() - session.since <= LIFE) return { personId: session.personId, link: session.link };
      sessions.delete(key);
      return null;
    },
    start(reader, req) {
      sessions.delete(keyOf(req));
      const theirs = [...sessions].filter(([, { personId }]) => personId === reader.personId);
      if (theirs.length >= MOST_OF_ONE) sessions.delete(theirs[0]?.[0] ?? "");
      const [oldest] = sessions.keys();
      if (sessions.size >= MOST && oldest !== undefined) sessions.delete(oldest);
      const id = random(32).toString("base64url");
      sessions.set(hashOf(id), { ...reader, since: now() });
      return `${name}=${id}; ${HOW}`;
    },
    end(req) {
      sessions.delete(keyOf(req));
      return `${name}=; ${HOW}; Max-Age=0`;
    },
    size: () => sessions.size,
  };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function cookieIn(req: IncomingMessage, name: string): string | null {
  for (const part of (req.headers.cookie ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}
