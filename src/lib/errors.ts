type ErrorOptions = { safe?: string; host?: string; named?: readonly string[]; cause?: unknown };

/**
 * One error for everything that can go wrong in a known way.
 * `code` is stable (the pages translate it), `message` is for our log, `safe` is for the reader.
 */
export class NodeError extends Error {
  override readonly name = "NodeError";
  readonly code: ErrorCode;
  readonly safe: string;
  /** Which server the owner is asked about; "" when it is about none. */
  readonly host: string;
  /** What the sentence names, in the order in which the sentence of this code takes it. */
  readonly named: readonly string[];

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.safe = options?.safe ?? sentences[code];
    this.host = options?.host ?? "";
    this.named = options?.named ?? [];
  }
}

/** A sentence with the next step in it, for each thing that can go wrong. */
const sentences = {
  "wrong-passphrase": "That is not the passphrase. Upper and lower case count; try again.",
  "wait-before-retry": "That was wrong several times. Wait a moment, then try again.",
  "weak-passphrase":
    "That passphrase is too easy to guess. Add words that have nothing to do with each other.",
  "vault-damaged":
    "The file that holds your keys is damaged. Nothing was changed. Keep the folder. Start with --data and a new one, and bring back a backup there.",
  "vault-exists": "This device is set up already. Unlock it with its passphrase.",
  "database-missing":
    "The file with your posts is missing or empty. Nothing was changed. Keep the folder. Start with --data and a new one, and bring back a backup there.",
  "database-damaged":
    "The file with your posts is damaged. Nothing was changed. Keep the folder. Start with --data and a new one, and bring back a backup there.",
  "database-key": "The passphrase is right, but these posts belong to other keys. Nothing was changed.",
  "database-newer":
    "This data was written by a newer version of TSSOP. Start that version; nothing was changed.",
  "not-a-backup": "That file is not a backup of TSSOP. Nothing was changed; choose another file.",
  "backup-damaged":
    "That backup is not whole: it was cut off or altered. Nothing was changed; choose another copy of it.",
  "file-exists": "There is a file of that name already. Choose another name.",
  "file-not-written": "The file could not be written there. Look at the folder, or choose another one.",
  "migration-failed": "Bringing your data up to date did not work. It is as it was before; the copy is kept.",
  "disk-full": "The disk is full. Make room, then try again; nothing was lost.",
  "folder-readonly": "TSSOP may not write into its folder. Allow it, or choose another folder with --data.",
  "folder-in-use":
    "TSSOP is already running with this folder. Use the page that is open, or stop the other one first.",
  "not-running": "TSSOP is not running with this folder. Start it first, then ask again.",
  "port-in-use":
    "Another program uses the address of your page. End it, or start with --port and another number.",
  sealed: "TSSOP is locked. Unlock it with your passphrase.",
  "not-set-up": "This device is not set up yet. Start TSSOP and choose a name and a passphrase.",
  "tor-down": "There is no connection to the network right now. Everything waits and goes out by itself.",
  "tor-missing": "The program Tor is missing. Install the package “tor”, or set TSSOP_TOR to its place.",
  "peer-off":
    "That device is not on right now. Try again later, or subscribe anyway: it goes there by itself.",
  "peer-refused": "That device did not let us in.",
  "clearnet-refused": "That address is outside the onion network. TSSOP does not go there by itself.",
  "server-outside":
    "That server is outside the onion network. Open the page “Servers outside” and decide whether TSSOP may go there.",
  "response-too-large": "The answer from there was too large.",
  "address-not-understood":
    "That does not look like an address. It reads like name@….onion, with 56 letters and digits before “.onion”.",
  "address-own": "That is your own address. Give it to somebody else.",
  "host-blocked": "You blocked this whole address. Undo that first, under People, Blocked.",
  "person-not-found": "Nobody with that name is there. Look at the spelling, or ask for the address again.",
  "post-not-found": "There is no such post, or it is not for you.",
  "text-empty": "Write something first.",
  "text-too-long": "That is longer than a post can be.",
  "title-empty": "Give it a title.",
  "article-too-large":
    "That is larger than a long post can be once it is laid out: make it shorter, or take out some of its layout.",
  "quote-not-allowed": "That post cannot be quoted: it is not for everyone, or its author does not want it.",
  "quote-too-narrow":
    "A quote of somebody else’s post is for everyone: its author is asked, and sees what you wrote.",
  "reach-not-allowed": "Choose who sees it.",
  "audience-not-found": "One of the audiences you chose is gone. Choose again who sees it.",
  "audience-named": "There is an audience of that name already. Take another name, or change that one.",
  "too-many-audiences": "There are 200 audiences, and no more fit. Remove one that is not needed.",
  "too-many-guests": "There are 200 guests, and no more fit. End a link that is not needed.",
  "no-link-given":
    "Their device gave no link. Perhaps they do not use TSSOP, or do not know you yet. What they write for you comes to you anyway.",
  "link-not-now": "Their device is not on right now, and only gives a link while it is on. Try again later.",
  "lists-not-understood":
    "There is no list in that file. Each line is the name of a list, a comma and an address, as in: Family,mia@example.onion",
  "answers-closed": "Whoever wrote this takes no answers to it from you. Nothing was sent.",
  "open-to-all":
    "What everyone may see, the people you leave out can see too. Choose the people who see it instead.",
  "not-secret-again":
    "Everyone could see this, so it cannot be made secret any more. You can delete it; whoever copied it has it.",
  "emoji-not-understood": "Choose one emoji.",
  "emoji-too-many": "You gave this post five emoji already. Take one back first.",
  "not-to-share": "This post is not for everyone, so it cannot be passed on.",
  "not-to-pin": "Only a post that everyone may see can stand first on your page.",
  "pins-too-many": "Five posts stand first already. Take one down first.",
  "too-many-words": "More words than these cannot be hidden. Remove some first.",
  "too-many-addresses": "More earlier addresses than these cannot be kept. Remove one first.",
  "move-not-named":
    "The new address does not name this one as yours yet. Add it there as an earlier address, then try again.",
  "move-too-soon": "You moved less than seven days ago. Take that back, or wait.",
  "poll-not-right":
    "A poll has 2 to 6 different answers of up to 100 characters, and ends after 1 hour to 30 days.",
  "poll-over": "This poll is over.",
  "poll-voted": "You have voted in this poll already.",
  "poll-no-choice": "Choose an answer first.",
  "emoji-not-right": "Give it a short name of letters, digits and _. There can be 50.",
  "picture-not-readable": "That picture could not be read. JPEG, PNG and WebP work.",
  "picture-too-large": "That picture is too large. Up to 20 MB and 40 million dots work.",
  "code-none": "There is no code in that picture. Fill the picture with the code, without glare.",
  "code-several": "There is more than one code in that picture. Show only theirs.",
  "code-not-ours": "That code says something else. Theirs is on their page, under “Connect”.",
  "file-too-large": "That file is too large. Pictures up to 20 MB and everything else up to 100 MB work.",
  "film-too-long": "That is longer than 10 minutes. Cut it, then add it again.",
  "film-not-readable":
    "We could not clean that film or sound of what it may tell about you, so it was not taken. MP4, MOV, WebM, MP3, M4A, Ogg, FLAC and WAV work.",
  "picture-kind":
    "That kind of picture cannot be cleaned of what it may tell about you. Save it as JPEG, PNG or WebP, then add it again.",
  "files-too-many": "A post can carry 4 files. Take one away first.",
  "file-gone": "That file is not here any more. Add it again.",
  "file-not-shown": "What came from there is not what it was said to be, so it is not shown.",
  "name-empty": "Type the name people will see.",
  "field-empty": "Give the line a name, and something to say.",
  "link-not-understood": "A link begins with http:// or https://. Paste the whole address.",
  "date-not-understood": "Write the date as 1984-04-14, or as 04-14 for a day of every year.",
  "too-many-fields": "There are 50 lines, and no more fit. Remove one that is not needed.",
  "handle-not-allowed": "Use letters a to z, digits and _, at most 30.",
  "message-empty": "Write something first.",
  "message-too-long": "That is too long for one message. Send it in parts, or as a file.",
  "message-first-long":
    "They may not know you yet, so a first message has to be short: about 1,000 letters. Write the rest once they answered.",
  "together-over": "That code is not good any more. Ask for a new one.",
  "together-other-key":
    "The code names another key than their address does. Show and scan a new one; if that happens again, somebody may be in between.",
  "message-first-files":
    "They may not know you yet, and a first message carries no files. Send them once they answered.",
  "message-files-elsewhere": "Files can only be sent to people who use TSSOP. What you wrote is kept.",
  "message-files-many": "One message can carry 10 files. Send the others in another one.",
  "message-file-too-large": "That file is larger than 2 GB, which is more than a message can carry.",
  "message-not-found": "There is no such message any more.",
  "key-changed":
    "Their key has changed, so nothing was sent. Compare with them first; what you wrote is kept.",
  "key-not-found": "Their key is another one by now. Look once more.",
  "key-not-understood": "What came from there is no key that messages can be encrypted to.",
  "key-expired": "Their key is too old to encrypt to. What you wrote waits until their device has a new one.",
  "not-encrypted":
    "What you write there would not be encrypted, so it was not sent. Open the conversation and decide whether you want to write there all the same.",
  "phone-words-eight": "It takes all eight words, in their order. Listen once more.",
  "phone-word-unknown": "One of these is not among the words. Listen once more.",
  "phone-own-words": "Those are the words of this device. Type the ones that the other device shows.",
  "phone-nobody":
    "Nobody was found by these words. Compare them on the phone: one may have been misheard, or they are over. Then try again.",
  "phone-over":
    "These words were used already, or their time is over. Ask for new ones. If it was not you who used them, somebody else heard them.",
  "form-expired": "This page was open too long, so nothing was done. Send it once more.",
  "bad-request": "That could not be understood.",
  "not-found": "There is nothing here for you.",
  "not-allowed": "That is not yours to do.",
  "bridge-not-understood": "That does not look like a bridge line. Paste the whole line as you got it.",
  internal: "Something went wrong on this device. Nothing was lost; try again.",
} as const satisfies Record<string, string>;

export type ErrorCode = keyof typeof sentences;

export const errorSentences: Readonly<Record<ErrorCode, string>> = sentences;

/** The NodeError itself, or an "internal" one around anything else. */
export function asNodeError(error: unknown): NodeError {
  if (error instanceof NodeError) return error;
  const code = error instanceof Error && "code" in error ? error.code : "";
  if (code === "EROFS" || code === "EACCES" || code === "EPERM") {
    return new NodeError("folder-readonly", String(code), { cause: error });
  }
  if (code === "ENOSPC") return new NodeError("disk-full", code, { cause: error });
  return new NodeError("internal", error instanceof Error ? error.message : String(error), { cause: error });
}
