import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Clock } from "../../lib/clock.ts";
import type { Random } from "../../lib/ids.ts";

/**
 * Who looks at the owner's pages. Kept in memory only: a session dies with the process, and all of them with the keys.
 * Cookies are shared between the ports of 127.0.0.1, so the cookie's name is random and every form carries a token.
 */
export type Session = {
  readonly id: string;
  /** Goes with every form; another program that got the cookie does not have it. */
  readonly formToken: string;
  /** The passphrase was given, or a one-time link used. */
  entered: boolean;
  seenAt: number;
  readonly since: number;
};

const MOST_SESSIONS = 500;
const LONGEST_LIFE = 30 * 24 * 60 * 60_000;
const LINK_LIFE = 5 * 60_000;

export type Sessions = {
  /** The session of a request, or a new one. `cookie`: a Set-Cookie value when it is new. */
  of(req: IncomingMessage): { session: Session; cookie: string | null };
  /** A new id for somebody who has just proven who they are, so that an id seen before is of no use. */
  enter(session: Session): { session: Session; cookie: string };
  newLink(): string;
  /** True once for each link, within five minutes. */
  useLink(token: string): boolean;
  fits(session: Session, formToken: string): boolean;
  /** Everybody is out. */
  leaveAll(): void;
};

export function createSessions(random: Random, now: Clock): Sessions {
  const name = `tssop_${random(6).toString("hex")}`;
  const sessions = new Map<string, Session>();
  const links = new Map<string, number>();
  const secret = () => random(32).toString("base64url");
  const cookieOf = (id: string) => `${name}=${id}; Path=/; HttpOnly; SameSite=Strict`;
  const start = (entered: boolean) => {
    const at = now();
    const session: Session = { id: secret(), formToken: secret(), entered, since: at, seenAt: at };
    sessions.set(session.id, session);
    const [oldest] = sessions.keys();
    if (sessions.size > MOST_SESSIONS && oldest !== undefined) sessions.delete(oldest);
    return { session, cookie: cookieOf(session.id) };
  };
  return {
    of(req) {
      const known = sessions.get(cookieIn(req, name) ?? "");
      if (known === undefined || now() - known.since > LONGEST_LIFE) return start(false);
      return { session: known, cookie: null };
    },
    enter(session) {
      sessions.delete(session.id);
      return start(true);
    },
    newLink() {
      const token = secret();
      links.set(token, now() + LINK_LIFE);
      return token;
    },
    useLink(token) {
      const until = links.get(token);
      links.delete(token);
      return until !== undefined && until > now();
    },
    fits(session, formToken) {
      const [one, other] = [Buffer.from(session.formToken), Buffer.from(formToken)];
      return one.byteLength === other.byteLength && timingSafeEqual(one, other);
    },
    leaveAll() {
      sessions.clear();
      links.clear();
    },
  };
}

function cookieIn(req: IncomingMessage, name: string): string | null {
  for (const part of (req.headers.cookie ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}
