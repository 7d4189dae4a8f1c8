import type { PersonView } from "../people/view.ts";
import type { MessageFileView } from "./files/view.ts";

/** own: waiting until their device has it | delivered | read | stopped: given up; of others: "". */
export type MessageState = "" | "waiting" | "delivered" | "read" | "stopped";

/** A letter of some kind as it stands in a conversation. lost: one came that could not be opened. */
export type MessageKind = "text" | "timer" | "lost" | "deleted";

/** `own`, `theirs`: who of the two gave it. */
export type MessageReaction = { emoji: string; own: boolean; theirs: boolean };

/** letter: to a device that understands ours. mail: a post with an OpenPGP part. open: a post for one person, not encrypted. */
export type MessageForm = "letter" | "mail" | "open";

/** Of mail by others: signed by the key that was known as theirs then, by another, or by nobody; "" of all else. */
export type SignedBy = "" | "known" | "other" | "none";

export type MessageView = {
  id: string;
  /** Order in the conversation, and cursor of its pages. */
  sortKey: string;
  own: boolean;
  kind: MessageKind;
  /** As it was written, now. */
  text: string;
  files: MessageFileView[];
  edited: boolean;
  /** Milliseconds. */
  at: number;
  /** The time it bears cannot be true: it stands where it arrived. */
  oddTime: boolean;
  /** What it answers; text "" and no files once that is gone. */
  replyTo: { id: string; own: boolean; text: string; files: number } | null;
  reactions: MessageReaction[];
  state: MessageState;
  /** Of a timer: seconds that messages stay from here on; 0: they stay. */
  seconds: number;
  /** When it goes; 0: not yet known, or never. */
  vanishAt: number;
  /** Encrypted from end to end. */
  sealed: boolean;
  form: MessageForm;
  signed: SignedBy;
};

/**
 * How sure it is whose key it is. none: no key of theirs is known yet. pinned: the one that was seen first. verified: the
 * owner looked, or was told by a scan. changed: their address names another, and nothing is sent until the owner has
 * looked; `refused`: the owner said that it is not theirs. `verifiedAt`: of the old one, 0: it was not.
 */
export type Trust =
  | { kind: "none" }
  | { kind: "pinned"; fingerprint: string; since: number }
  | { kind: "verified"; fingerprint: string; how: Verified; at: number }
  | { kind: "changed"; fingerprint: string; offered: string; refused: boolean; verifiedAt: number };

export type Verified = "number" | "together" | "phone" | "introduced";

export type ConversationView = {
  person: PersonView;
  sortKey: string;
  /** The latest that is to be seen; null: none. */
  last: MessageView | null;
  unread: number;
  trust: Trust;
  /** Seconds that messages stay once they are read; 0: they stay. */
  timer: number;
  draft: string;
  /**
   * sealed: their device understands our letters. mail: they have an OpenPGP key, and get a post with an encrypted part. open: neither; what is
   * written is not encrypted. unknown: their profile has not been read since.
   */
  way: "sealed" | "mail" | "open" | "unknown";
  /** The owner agreed to write here without encryption. */
  open: boolean;
};
