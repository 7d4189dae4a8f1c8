import { Readable } from "node:stream";
import { sealedFileById } from "./file-shelf.ts";
import type { Clock } from "./lib/clock.ts";
import { NodeError } from "./lib/errors.ts";
import type { Viewer } from "./social/access.ts";
import { changeFile, fileRow, type MessageFileRow, ownFileByWire } from "./social/messages/files/queries.ts";
import { isBlockedId } from "./social/people/queries.ts";
import type { Store } from "./store/store.ts";
import { sealedForWire, wireBytes } from "./store/wire-seal.ts";
import type { MediaFile } from "./web/ports.ts";

/** Files of messages, for the owner, and for whoever a message of the owner's is for. */
export type MessageFiles = {
  /** By the id of its row; null: not here. */
  forOwner(id: string): Promise<MediaFile | null>;
  /** Sealed as it goes over the network, to the one person it is for; null to everybody else, and where there is none. */
  forAsker(wireId: string, viewer: Viewer): Promise<MediaFile | null>;
};

/** How often it is written down how far somebody is, milliseconds; and bytes after which it is asked whether it still may go. */
const NOTE_EVERY = 2_000;
const ASK_EVERY = 4 * 1024 * 1024;
/** What is served has no name and no kind. */
const SEALED = "application/octet-stream";

export function createMessageFiles({ store, now }: { store: Store; now: Clock }): MessageFiles {
  return {
    async forOwner(id) {
      const row = await fileRow(store.read, id);
      if (row === null || row.mediaId === "" || (!row.own && row.state !== "here")) return null;
      const file = await sealedFileById(store, row.mediaId);
      return file === null ? null : { ...file, type: row.type, name: row.name };
    },
    async forAsker(wireId, viewer) {
      if (viewer.kind !== "person" || viewer.blocked === true) return null;
      const row = await ownFileByWire(store.read, wireId);
      if (row === null || row.personId !== viewer.personId || row.mediaId === "") return null;
      return {
        type: SEALED,
        bytes: wireBytes(row.bytes),
        open: (range) => Readable.from(sent({ store, now }, row, range ?? wholeOf(row))),
      };
    },
  };
}

type Sent = MessageFileRow & { personId: string };
type Range = { start: number; end: number };

const wholeOf = ({ bytes }: MessageFileRow): Range => ({ start: 0, end: wireBytes(bytes) - 1 });

/** Ends as soon as the message is gone or they are blocked; the owner sees how far they are. */
async function* sent(
  { store, now }: { store: Store; now: Clock },
  row: Sent,
  range: Range,
): AsyncGenerator<Buffer> {
  const { id, mediaId, bytes } = row;
  const file = { key: Buffer.from(row.key), bytes };
  const plain = (part: Range) => store.media.read(mediaId, part) as AsyncIterable<Buffer>;
  const share = bytes / wireBytes(bytes);
  let at = range.start;
  let [notedAt, askedAt] = [now(), at];
  const note = async (received: number, state: string) => {
    notedAt = now();
    const noting = store.transact((tx) => changeFile(tx, { id, states: [""] }, { received, state }));
    // It is only how far they are: whoever leaves as the node stops is not worth a word.
    await noting.catch(() => {});
  };
  for await (const piece of sealedForWire(file, plain, range)) {
    if (at - askedAt >= ASK_EVERY) {
      askedAt = at;
      if (!(await mayGoOn(store, row))) throw new NodeError("not-allowed", "it may not go any further");
    }
    yield piece;
    at += piece.byteLength;
    if (now() - notedAt >= NOTE_EVERY) await note(Math.floor(at * share), "");
  }
  if (at === wireBytes(bytes)) await note(bytes, "taken");
}

async function mayGoOn({ read }: Store, { id, personId }: Sent): Promise<boolean> {
  const asked = Promise.all([isBlockedId(read, personId), fileRow(read, id)]);
  return asked.then(
    ([blocked, row]) => !blocked && row !== null,
    () => false,
  );
}
