import { createHash } from "node:crypto";

/** Guests whose links are good. */
export const MOST_GUESTS = 200;
export const LONGEST_GUEST_NAME = 64;
/** What is kept of what one guest opened. */
export const MOST_VISITS = 500;

/** A guest has no address in any network: this names the row and leads nowhere. */
const GUEST_URI = "urn:tssop:guest:";

export const guestUri = (id: string): string => GUEST_URI + id;
export const isGuestUri = (uri: string): boolean => uri.startsWith(GUEST_URI);

/** 160 bits. */
export const SECRET_BYTES = 20;
export const GUEST_SECRET = /^[0-9a-f]{40}$/;

/** Looked up by its hash, so how long it takes says nothing about the secret. */
export const hashOfSecret = (secret: string): string =>
  createHash("sha256").update(`guest\n${secret}`).digest("hex");

/** profile: the list of posts, and of those with a hashtag. */
export type Opened = { kind: "profile" | "blog" | "post"; postId: string };

/** What a guest opened, at most once an hour each. `post`: null when it is none, or gone by now. */
export type VisitView = {
  sortKey: string;
  kind: Opened["kind"];
  at: number;
  post: { sortKey: string; words: string } | null;
};

/** `endedAt`: 0 while the link is good. `last`: what they opened last; null: nothing so far. */
export type GuestView = {
  id: string;
  sortKey: string;
  name: string;
  createdAt: number;
  endedAt: number;
  last: VisitView | null;
};
