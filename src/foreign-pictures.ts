import { ahead, type ForeignWay, isPassing, reached } from "./foreign-way.ts";
import { asNodeError } from "./lib/errors.ts";
import { pictureType } from "./pictures/measure.ts";
import { emojiWanted, keepEmoji } from "./social/emojis/picture.ts";
import type { NewMedia } from "./social/media/media.ts";
import { faceWanted, keepFace } from "./social/people/face.ts";
import type { JobHandler, JobOutcome } from "./store/jobs.ts";
import type { Tx } from "./store/tx.ts";

/** Of a person, and of an emoji. Large ones are none. */
const LARGEST_FACE = 1024 * 1024;
const LARGEST_EMOJI = 256 * 1024;

/** Pictures of people and custom emoji: fetched by jobs alone, kept sealed, and shown once they are here. */
export type ForeignPictures = { face: JobHandler; emoji: JobHandler };

export function createForeignPictures(o: ForeignWay): ForeignPictures {
  return {
    face: ahead(o, async ({ about }) => {
      const personId = about["personId"] ?? "";
      const url = await faceWanted(o.store.read, personId);
      if (url === null) return "done";
      return fetched(o, url, LARGEST_FACE, (tx, file) => keepFace(tx, { personId, url }, file, o.now()));
    }),
    emoji: ahead(o, async ({ about }) => {
      const named = { host: about["host"] ?? "", shortcode: about["shortcode"] ?? "" };
      const url = await emojiWanted(o.store.read, named);
      if (url === null) return "done";
      return fetched(o, url, LARGEST_EMOJI, (tx, file) => keepEmoji(tx, { ...named, url }, file, o.now()));
    }),
  };
}

/** Bytes are kept as they are, if their first ones are of a picture; never decoded here. */
async function fetched(
  o: ForeignWay,
  url: string,
  most: number,
  keep: (tx: Tx, file: NewMedia) => Promise<boolean>,
): Promise<JobOutcome> {
  try {
    const answer = await reached(o, new Request(url, { redirect: "error", headers: { accept: "image/*" } }));
    const bytes = Buffer.from(await answer.arrayBuffer());
    const type = answer.ok && bytes.byteLength <= most ? pictureType(bytes) : null;
    if (type === null) return { stop: "no picture" };
    const id = await o.store.media.put(bytes);
    const isKept = await o.store.transact((tx) => keep(tx, { id, type, bytes: bytes.byteLength }));
    return isKept ? "done" : { retry: "changed" };
  } catch (error) {
    const { code } = asNodeError(error);
    if (isPassing(code)) return { retry: code };
    if (code === "internal") throw error;
    return { stop: code };
  }
}
