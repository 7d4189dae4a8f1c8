import { Readable } from "node:stream";
import type { Clock } from "./lib/clock.ts";
import type { Log } from "./lib/log.ts";
import { pictureType } from "./pictures/measure.ts";
import { reencode } from "./pictures/reencode.ts";
import { emojiRow, isEmojiMedia } from "./social/emojis/queries.ts";
import { isWaiting } from "./social/gate/gate.ts";
import type { Identity } from "./social/identity/identity.ts";
import { mediaRow, saveMediaRow } from "./social/media/media.ts";
import { personById } from "./social/people/find.ts";
import { profile } from "./social/profile/profile.ts";
import type { Store } from "./store/store.ts";
import type { MediaFile } from "./web/ports.ts";

/** Pictures of others are kept in memory only, this many and this large together, and asked for again after this time. */
const MOST_REMOTE = 200;
const LARGEST_REMOTE = 32 * 1024 * 1024;
const REMOTE_LIFE = 24 * 60 * 60_000;
const LARGEST_EMOJI = 256 * 1024;
const RETRY_LATER = 10 * 60_000;

/** The pictures a page may show: the owner's own, sealed on disk, and those of people, fetched through the network. */
export type Pictures = {
  add(bytes: Buffer): Promise<string>;
  /** What a stranger may have: the owner's current picture and their emoji, nothing else. */
  ownPublic(id: string): Promise<MediaFile | null>;
  /** `id` of a media row, of a person, or "host/shortcode" of an emoji. */
  forOwner(id: string): Promise<MediaFile | null>;
};

type Kept = { file: Buffer | null; type: string; until: number };
type Options = {
  store: Store;
  identity: Identity;
  childPath: string;
  libraries: string | null;
  fetch: typeof globalThis.fetch;
  now: Clock;
  log: Log;
};

export function createPictures(o: Options): Pictures {
  const remote = new Map<string, Promise<Kept>>();
  const sizes = new WeakMap<Promise<Kept>, number>();
  const own = async (id: string): Promise<MediaFile | null> => {
    const row = await mediaRow(o.store.read, id);
    if (row === null) return null;
    return { type: row.type, bytes: row.bytes, open: (range) => o.store.media.read(row.id, range) };
  };
  const fetched = async (
    id: string,
    address: () => Promise<string>,
    most = Number.POSITIVE_INFINITY,
  ): Promise<MediaFile | null> => {
    const before = remote.get(id);
    const known = await before;
    if (known !== undefined && known.until > o.now()) return served(known);
    const url = await address();
    if (url === "") return null;
    // A page shows a face many times: whoever came first has asked for it.
    const meanwhile = remote.get(id);
    if (meanwhile !== undefined && meanwhile !== before) return served(await meanwhile);
    const asked = fetchPicture(url, most, o);
    remote.delete(id);
    remote.set(id, asked);
    const kept = await asked;
    if (remote.get(id) === asked) sizes.set(asked, kept.file?.byteLength ?? 0);
    forgetOldest(remote, sizes);
    return served(kept);
  };
  const ofPerson = async (id: string): Promise<MediaFile | null> => {
    if (id === o.identity.ownerId) return own((await profile(o.store.read, o.identity)).pictureId);
    return fetched(id, async () => {
      const waits = await isWaiting(o.store.read, o.identity, id);
      return waits ? "" : ((await personById(o.store.read, id))?.pictureUrl ?? "");
    });
  };
  const ofEmoji = async (host: string, shortcode: string): Promise<MediaFile | null> => {
    const row = await emojiRow(o.store.read, host, shortcode);
    if (row === null) return null;
    if (row.mediaId !== "") return own(row.mediaId);
    // Large ones are no emoji.
    return fetched(`${host}/${shortcode}`, async () => row.url, LARGEST_EMOJI);
  };
  return {
    async add(bytes) {
      const { bytes: picture } = await reencode(o, bytes, "square");
      const id = await o.store.media.put(picture);
      await o.store.transact((tx) =>
        saveMediaRow(tx, { id, type: "image/jpeg", bytes: picture.byteLength }, "picture", o.now()),
      );
      return id;
    },
    async ownPublic(id) {
      const { pictureId } = await profile(o.store.read, o.identity);
      if (id === pictureId || (await isEmojiMedia(o.store.read, o.identity.onion, id))) return own(id);
      return null;
    },
    async forOwner(id) {
      const [host = "", shortcode] = id.split("/");
      if (shortcode !== undefined) return ofEmoji(host, shortcode);
      return (await own(id)) ?? ofPerson(id);
    },
  };
}

/** Until what is kept is few and small enough. Whoever is still being asked is not done, and weighs nothing yet. */
function forgetOldest(remote: Map<string, Promise<Kept>>, sizes: WeakMap<Promise<Kept>, number>): void {
  let bytes = 0;
  for (const asked of remote.values()) bytes += sizes.get(asked) ?? 0;
  for (const [id, asked] of remote) {
    if (remote.size <= MOST_REMOTE && bytes <= LARGEST_REMOTE) return;
    remote.delete(id);
    bytes -= sizes.get(asked) ?? 0;
  }
}

function served(kept: Kept): MediaFile | null {
  const { file } = kept;
  if (file === null) return null;
  return {
    type: kept.type,
    bytes: file.byteLength,
    open: (range) => Readable.from([range === undefined ? file : file.subarray(range.start, range.end + 1)]),
  };
}

/** Bytes are passed through as they are, if their first ones are of a picture; never decoded here. */
async function fetchPicture(url: string, most: number, o: Options): Promise<Kept> {
  try {
    const answer = await o.fetch(url, { redirect: "error", headers: { accept: "image/*" } });
    const file = Buffer.from(await answer.arrayBuffer());
    const type = answer.ok && file.byteLength <= most ? pictureType(file) : null;
    if (type !== null) return { file, type, until: o.now() + REMOTE_LIFE };
  } catch (error) {
    o.log.debug("picture of a person not there", { reason: error instanceof Error ? error.name : "unknown" });
  }
  return { file: null, type: "", until: o.now() + RETRY_LATER };
}
