import { idOf } from "../../lib/ids.ts";
import type { WireFile } from "./files/file.ts";

/**
 * What one letter says. A letter is all that goes from one person to the other: words, and what is done with words later,
 * so that nobody outside can tell one from the other. `of`: a message, by the id both have for it.
 */
export type Said =
  | { kind: "text"; text: string; replyTo: string; vanish: number; files?: WireFile[] }
  | { kind: "edit"; of: string; text: string }
  | { kind: "delete"; of: string }
  | { kind: "react"; of: string; emoji: string; on: boolean }
  /** Messages of whoever gets this were read. */
  | { kind: "read"; of: string[] }
  /** Whoever gets this showed a code, and it was read from their screen; `yes`: the answer, it was indeed the one beside them. */
  | { kind: "together"; token: string; yes: boolean }
  /** Somebody the sender has verified: an actor id and the fingerprint of their key. */
  | { kind: "vouch"; uri: string; fingerprint: string }
  /** From now on messages vanish so many seconds after they are read; 0: they stay. */
  | { kind: "timer"; seconds: number };

/**
 * The signed text (docs/adr/0012-message-format.md): everything that says between whom it is stands in it, so that it
 * cannot be carried over to anybody or anywhere else. `from`, `to`: actor ids. `fromKey`, `toKey`: fingerprints in
 * lower-case hex. `conv`: conversationOf. `seq`: of this sender in this conversation, from 1. `prev`: id of the sender's
 * letter before, "" for the first. `published`: milliseconds since 1970, later than all its sender had seen there.
 */
export type Letter = {
  v: 1;
  id: string;
  from: string;
  to: string;
  fromKey: string;
  toKey: string;
  conv: string;
  seq: number;
  prev: string;
  published: number;
  content: Said;
};

export const LETTER_LIMITS = {
  /** Letters of a message. */
  text: 20_000,
  emoji: 64,
  read: 200,
  /** A year, in seconds. */
  vanish: 366 * 24 * 60 * 60,
} as const;

/** The same for both. */
export function conversationOf(one: string, other: string): string {
  return idOf("conversation", ...[one, other].sort());
}

/** What both call a message: nobody can take the id of another's. */
export function messageIdOf(from: string, letterId: string): string {
  return idOf("message", from, letterId);
}
