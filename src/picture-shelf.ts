import type { Clock } from "./lib/clock.ts";
import { readCode } from "./pictures/read-code.ts";
import { reencode } from "./pictures/reencode.ts";
import type { Viewer } from "./social/access.ts";
import { emojiRow, isEmojiMedia } from "./social/emojis/queries.ts";
import type { Identity } from "./social/identity/identity.ts";
import { mediaRow, saveMediaRow } from "./social/media/media.ts";
import { personFacts } from "./social/people/queries.ts";
import { profile } from "./social/profile/profile.ts";
import { isShownPicture } from "./social/profile/shown-picture.ts";
import type { Store } from "./store/store.ts";
import type { MediaFile } from "./web/ports.ts";

/** The pictures a page may show: the owner's own, sealed on disk, and those of people and emoji that are here. Nobody is asked for any. */
export type Pictures = {
  add(bytes: Buffer, as?: "picture" | "banner"): Promise<string>;
  /** What the QR code in a picture says; the picture is not kept. */
  readCode(bytes: Buffer): Promise<string>;
  /** The owner's picture and banner of now, to whom they are for, and their emoji, to anybody; nothing else. */
  ownFor(id: string, viewer: Viewer): Promise<MediaFile | null>;
  /** `id` of a media row, of a person, or "host/shortcode" of an emoji. */
  forOwner(id: string): Promise<MediaFile | null>;
};

type Options = {
  store: Store;
  identity: Identity;
  childPath: string;
  libraries: string | null;
  now: Clock;
};

export function createPictures(o: Options): Pictures {
  const own = async (id: string): Promise<MediaFile | null> => {
    const row = await mediaRow(o.store.read, id);
    if (row === null) return null;
    return { type: row.type, bytes: row.bytes, open: (range) => o.store.media.read(row.id, range) };
  };
  const ofPerson = async (id: string): Promise<MediaFile | null> => {
    if (id === o.identity.ownerId) return own((await profile(o.store.read, o.identity)).pictureId);
    return own((await personFacts(o.store.read, id))?.pictureId ?? "");
  };
  const ofEmoji = async (host: string, shortcode: string): Promise<MediaFile | null> =>
    own((await emojiRow(o.store.read, host, shortcode))?.mediaId ?? "");
  // A camera sends one frame after the other; they are read in turn.
  let reading: Promise<unknown> = Promise.resolve();
  return {
    readCode(bytes) {
      const mine = reading.then(() => readCode(o, bytes));
      reading = mine.catch(() => {});
      return mine;
    },
    async add(bytes, as = "picture") {
      const { bytes: picture, type } = await reencode(o, bytes, as === "banner" ? "whole" : "square");
      const id = await o.store.media.put(picture);
      await o.store.transact((tx) =>
        saveMediaRow(tx, { id, type, bytes: picture.byteLength }, "picture", o.now()),
      );
      return id;
    },
    async ownFor(id, viewer) {
      const { read } = o.store;
      if (await isShownPicture(read, o.identity, id, viewer)) return own(id);
      return (await isEmojiMedia(read, o.identity.onion, id)) ? own(id) : null;
    },
    async forOwner(id) {
      const [host = "", shortcode] = id.split("/");
      if (shortcode !== undefined) return ofEmoji(host, shortcode);
      return (await own(id)) ?? ofPerson(id);
    },
  };
}
