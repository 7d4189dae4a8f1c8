import type { Readable } from "node:stream";
import type { Clock } from "../lib/clock.ts";
import type { Random } from "../lib/ids.ts";
import type { Log } from "../lib/log.ts";
import type { Viewer } from "../social/access.ts";
import type { Acting } from "../social/acting.ts";
import type { Opened } from "../social/guests/guest.ts";

/**
 * What node.ts hands to the pages. The web part knows nothing of Tor, the store or the vault:
 * it sees these shapes and the product's own rules in social/.
 */

/** fresh: not set up. working: keys are being made or tried. screen-locked: serves friends, pages closed. */
export type Phase = "fresh" | "sealed" | "working" | "open" | "screen-locked";

export type NetworkTrouble =
  | "tor-missing"
  | "tor-too-old"
  | "no-network"
  | "clock-wrong"
  | "blocked"
  | "tor-died"
  | "publish-refused"
  | "not-reachable-yet";

/** The way to the network, as a person needs to know it. Times in milliseconds since 1970. */
export type NetworkView =
  | { at: "off" }
  | { at: "connecting"; percent: number; stage: string; since: number }
  | { at: "connected"; since: number }
  | { at: "published"; since: number }
  | { at: "reachable"; since: number; testedAt: number }
  | { at: "failed"; trouble: NetworkTrouble; since: number; nextTryAt: number };

/** What open pages listen for: names of what changed, never content. */
export type LiveEvent = {
  changed: (
    | "posts"
    | "people"
    | "notices"
    | "network"
    | "phase"
    | "deliveries"
    | "profile"
    | "messages"
    | "files"
  )[];
};

/** Something that went wrong since the start, in words; names and addresses are scrubbed. */
export type Trouble = { at: number; words: string };

export type StorageView = { database: number; media: number; folder: string };

/** Acting for the owner, and the ways out that an owner's page may ask for. */
export type OwnerActing = Acting & {
  /** Finds a person by what was pasted; saves and returns their id. Throws NodeError with a sentence. */
  lookUp(address: string): Promise<{ personId: string }>;
  /** The same, but asked there now, whatever is known: for what they just changed. */
  lookUpAnew(address: string): Promise<{ personId: string }>;
  /** Asks their address for their key, which has to be this one. Throws "together-other-key", "peer-off", "tor-down". */
  checkKey(personId: string, fingerprint: string): Promise<void>;
  /** Finds a post by its address; null when it is not there or not for us. */
  lookUpPost(address: string): Promise<{ postId: string } | null>;
  /** Looks for answers in the thread of a post that are not here: work that goes on after this resolves. */
  lookForAnswers(postId: string): Promise<void>;
  /** Asks for what people wrote whom the owner subscribes to; resolves with how many are asked. */
  catchUp(): Promise<number>;
  /** Whether this node may go to a server outside the onion network, from now on. Throws "address-not-understood". */
  decideOutside(host: string, state: "allowed" | "refused"): Promise<void>;
  /** Tries the queue of everybody, or of one host, at once. */
  tryNow(host?: string): void;
  storage(): Promise<StorageView>;
  /** Re-encodes and seals a picture of the owner, or their banner. bytes: JPEG, PNG or WebP, at most 20 MB. Returns the media id. */
  addPicture(bytes: Buffer, as?: "picture" | "banner"): Promise<string>;
  /**
   * What the QR code in a picture says: one line of at most 2,048 letters. The picture is not kept. Throws "picture-…" and
   * "code-…".
   */
  readCode(bytes: Buffer): Promise<string>;
  /** A sealed file, or null. Own media, and pictures of people seen, fetched through the network when asked for. */
  media(id: string): Promise<MediaFile | null>;
  /**
   * Takes in a file for a post, cleaned of what it tells about the owner; returns its media id. Throws
   * "file-too-large", "film-too-long", "film-not-readable" and "picture-…".
   */
  addFile(bytes: Readable, said: { name: string; type: string }): Promise<string>;
  /** The same for a message, up to 2 GiB. Throws "message-file-too-large" and "picture-…". */
  addMessageFile(bytes: Readable, said: { name: string; type: string }): Promise<string>;
  /** A file of a message by the id of its row, when it is here. */
  messageFile(id: string): Promise<MediaFile | null>;
  /** A file of a post by the id of its row, when it is here. */
  attached(id: string): Promise<MediaFile | null>;
  /** Fetches a file of somebody else's post through the network. Throws "peer-off", "file-not-shown" and the like. */
  fetchAttached(id: string): Promise<void>;
  /**
   * A link to a person's own pages, as the owner may see them: good once, for so many seconds. Throws "no-link-given",
   * "link-not-now" and what keeps a request from going out.
   */
  askForPage(personId: string): Promise<{ url: string; seconds: number }>;
  /**
   * Eight words for the phone. Who types them elsewhere before `until` gets the text (1,024 bytes at most), once.
   * `taken`: true as soon as it was given, false when it ended without that. The offer before, if any, ends. "tor-down".
   */
  offerByPhone(text: string): Promise<{ words: string[]; until: number; taken: Promise<boolean> }>;
  /** Ends what is offered, if anything is. */
  cancelByPhone(): Promise<void>;
  /**
   * The text behind the words that somebody heard, however they typed them. Takes up to 90 seconds, and 40 more when what is
   * found does not answer. Throws "phone-word-unknown", "phone-words-eight", "phone-own-words"; "phone-nobody", "phone-over"
   * (used, or too late), "tor-down", "response-too-large"; the reason of `signal`.
   */
  fetchByPhone(typed: string | readonly string[], signal: AbortSignal): Promise<string>;
};

/** type: what a browser is told, see media.ts; anything else is not served. name: what it is saved as. */
export type MediaFile = {
  type: string;
  name?: string;
  bytes: number;
  open(range?: { start: number; end: number }): Readable;
};

export type OwnerPorts = {
  phase(): Phase;
  network(): NetworkView;
  /** "<56>.onion", or null before set-up and while sealed */
  onion(): string | null;
  onChange(listener: (event: LiveEvent) => void): () => void;
  /** Acting while open; null otherwise. Pages must answer with the unlock page then. */
  acting(): OwnerActing | null;
  proposePassphrase(): string;
  strength(passphrase: string): { score: 0 | 1 | 2 | 3 | 4; guesses: number };
  setUp(choice: { name: string; passphrase: string; language: "en" | "de" }): Promise<void>;
  /** Throws "wrong-passphrase" or "wait-before-retry". Opens from sealed and from screen-locked; when open it only checks. */
  unlock(passphrase: string): Promise<void>;
  /** Milliseconds until the next attempt is taken. */
  unlockWait(): number;
  /** Pages closed; the node goes on serving. */
  screenLock(): void;
  /** Keys dropped, onion withdrawn. */
  seal(): Promise<void>;
  changePassphrase(before: string, after: string): Promise<void>;
  /**
   * Everything in one file, which opens with this passphrase: it has to be the one of now. `give` takes it where it belongs.
   * Throws "wrong-passphrase", "wait-before-retry", "disk-full", "sealed" when the device is locked meanwhile, and the reason
   * of `left`.
   */
  backup(
    passphrase: string,
    give: (backup: { bytes: number; stream: Readable }) => Promise<void>,
    left: AbortSignal,
  ): Promise<void>;
  /** Brings everything back from such a file, before set-up; open then. Throws "wrong-passphrase", "not-a-backup", "backup-damaged" and "disk-full". */
  restore(bytes: Readable, passphrase: string): Promise<void>;
  retryNetwork(): void;
  /** Throws "bridge-not-understood". */
  setBridges(lines: string[]): Promise<void>;
  bridges(): string[];
  /** A page is waited for from now on, until the returned function is called: other work stands back. */
  attend(): () => void;
  /** The latest first. */
  troubles(): Trouble[];
  startedAt(): number;
  now: Clock;
  random: Random;
  log: Log;
  /** e.g. 7777: Host must be 127.0.0.1:7777 exactly */
  port(): number;
  version: string;
};

/** The public face: what the onion's server needs. */
export type VisitorPorts = {
  /** Reads only; null while sealed or starting. */
  acting(): Pick<Acting, "me" | "read" | "now"> | null;
  /** ActivityPub, WebFinger, NodeInfo; null: not theirs, the visitor's page may answer. */
  federation(request: Request): Promise<Response | null>;
  /** Takes from what everybody who only reads may ask, together; seconds to wait, 0: go on. */
  wait(budget: "documents" | "identity" | "media"): number;
  /** As far as whoever signed the request may see it. Who signs is counted here, by who they are: `wait` in seconds. */
  /** `reader`: as whom a browser came in that does not sign; a stranger, if as nobody. */
  media(id: string, request: Request, reader: Viewer): Promise<MediaFile | { wait: number } | null>;
  /** A file of a message, sealed, for whoever it is for and signs; null: nothing for whoever asks. */
  blob(wireId: string, request: Request): Promise<MediaFile | { wait: number } | null>;
  doors: VisitorDoors;
  log: Log;
};

/** For who comes in by a link, and reads as somebody. */
export type VisitorDoors = {
  random: Random;
  /** For whom a single-use link is, which is used up by this; null: for nobody. */
  enter(token: string): string | null;
  opened(guestId: string, what: Opened): Promise<void>;
};
