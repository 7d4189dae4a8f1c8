import { ahead, type ForeignWay, isPassing, reached } from "./foreign-way.ts";
import { asNodeError } from "./lib/errors.ts";
import { isOnion } from "./lib/onion-name.ts";
import { pictureType } from "./pictures/measure.ts";
import { emojiWanted, keepEmoji } from "./social/emojis/picture.ts";
import type { NewMedia } from "./social/media/media.ts";
import { faceWanted, keepFace } from "./social/people/face.ts";
import { isCloseId, personFacts } from "./social/people/queries.ts";
import type { JobHandler, JobOutcome } from "./store/jobs.ts";
import type { Tx } from "./store/tx.ts";

/** Of a person, and of an emoji. Large ones are none. */
const LARGEST_FACE = 1024 * 1024;
const LARGEST_EMOJI = 256 * 1024;

type Sign = (request: Request) => Promise<Request>;
/** `sign`: says who asks, for a picture that may not be for everyone. */
type PictureWay = ForeignWay & { sign: Sign };

/** Pictures of people and custom emoji: fetched by jobs alone, kept sealed, and shown once they are here. */
export type ForeignPictures = { face: JobHandler; emoji: JobHandler };

export function createForeignPictures(o: PictureWay): ForeignPictures {
  return {
    face: ahead(o, async ({ about }) => {
      const personId = about["personId"] ?? "";
      const url = await faceWanted(o.store.read, personId);
      if (url === null) return "done";
      const keep = (tx: Tx, file: NewMedia) => keepFace(tx, { personId, url }, file, o.now());
      return fetched(o, url, LARGEST_FACE, keep, (await isFromFriend(o, personId, url)) ? o.sign : null);
    }),
    emoji: ahead(o, async ({ about }) => {
      const named = { host: about["host"] ?? "", shortcode: about["shortcode"] ?? "" };
      const url = await emojiWanted(o.store.read, named);
      if (url === null) return "done";
      return fetched(o, url, LARGEST_EMOJI, (tx, file) => keepEmoji(tx, { ...named, url }, file, o.now()));
    }),
  };
}

/** Whoever the owner is close to knows that the owner reads them, and shows them more; to nobody else is it told who asks. */
async function isFromFriend(
  { store, identity }: ForeignWay,
  personId: string,
  url: string,
): Promise<boolean> {
  const host = (await personFacts(store.read, personId))?.host ?? "";
  if (!isOnion(host) || URL.parse(url)?.host !== host) return false;
  return isCloseId(store.read, identity.ownerId, personId);
}

/** Bytes are kept as they are, if their first ones are of a picture; never decoded here. */
async function fetched(
  o: ForeignWay,
  url: string,
  most: number,
  keep: (tx: Tx, file: NewMedia) => Promise<boolean>,
  sign: Sign | null = null,
): Promise<JobOutcome> {
  try {
    const plain = new Request(url, { redirect: "error", headers: { accept: "image/*" } });
    const answer = await reached(o, sign === null ? plain : await sign(plain), sign !== null);
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
