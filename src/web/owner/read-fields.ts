import type { Request } from "express";
import { asNodeError, NodeError } from "../../lib/errors.ts";
import { LARGEST_FILE, MOST_FILES } from "../../social/media/limits.ts";
import { MESSAGE_FILES } from "../../social/messages/files/file.ts";
import { readBody } from "../http-bridge.ts";
import { type Part, readMultipart } from "../multipart.ts";
import type { OwnerActing } from "../ports.ts";
import { Fields, type Uploads } from "./fields.ts";

/** The longest long post, each letter of it spelled out twice over by forms within forms. */
const LARGEST_FORM = 768 * 1024;
const LARGEST_PROFILE_PICTURE = 20 * 1024 * 1024;
const LARGEST_UPLOAD = MOST_FILES * LARGEST_FILE + 1024 * 1024;
const MOST_FIELDS = 500;
const LARGEST_MESSAGE_UPLOAD = MESSAGE_FILES.most * MESSAGE_FILES.largest + 1024 * 1024;
/** The fields of a post's files and of a message's; they go to the sealed folder as they arrive. */
export const FILES_FIELD = "files";
const MESSAGE_FIELD = "attached";

export function fieldsOfQuery(req: Request): Fields {
  const at = req.originalUrl.indexOf("?");
  return new Fields(at < 0 ? [] : [...new URLSearchParams(req.originalUrl.slice(at))].slice(0, MOST_FIELDS));
}

export function hasFiles(req: Request): boolean {
  return (req.headers["content-type"] ?? "").startsWith("multipart/form-data");
}

/**
 * What a form without files sent, and all that is read of somebody who is not in. Throws BodyTooLarge, or "bad-request"
 * for anything that no such form of ours sends.
 */
export async function readFields(req: Request): Promise<Fields> {
  refuseEncoded(req);
  const type = req.headers["content-type"] ?? "";
  if (type !== "" && !type.startsWith("application/x-www-form-urlencoded")) {
    throw new NodeError("bad-request", "not a form");
  }
  const body = await readBody(req, LARGEST_FORM);
  return new Fields([...new URLSearchParams(body.toString("utf8"))].slice(0, MOST_FIELDS));
}

function refuseEncoded(req: Request): void {
  if (req.headers["content-encoding"] !== undefined) throw new NodeError("bad-request", "an encoded body");
}

/** What a form with files sent (RFC 7578), only ever read of somebody who is in. Throws as `readFields` does. */
export async function readUpload(
  req: Request,
  acting: Pick<OwnerActing, "addFile" | "addMessageFile">,
): Promise<Fields> {
  refuseEncoded(req);
  const small = new Map<string, Buffer>();
  const forMessage = req.path.startsWith("/messages/");
  const mostBytes = forMessage ? LARGEST_MESSAGE_UPLOAD : LARGEST_UPLOAD;
  const uploads: Uploads = { added: [], refused: [] };
  const onFile = async (part: Part) => {
    if (part.field === FILES_FIELD) await takeIn(part, { add: acting.addFile, most: MOST_FILES }, uploads);
    else if (part.field === MESSAGE_FIELD && forMessage)
      await takeIn(part, { add: acting.addMessageFile, most: MESSAGE_FILES.most }, uploads);
    else small.set(part.field, await wholePart(part));
  };
  const limits = { mostText: LARGEST_FORM, mostBytes, mostFields: MOST_FIELDS };
  const { texts } = await readMultipart(req, { ...limits, onFile });
  return new Fields(texts, small, uploads);
}

/** A file that is not taken is said so; the others, and what was typed, are kept. */
async function takeIn(
  part: Part,
  { add, most }: { add: OwnerActing["addFile"]; most: number },
  to: Uploads,
): Promise<void> {
  const { name, type, bytes } = part;
  try {
    if (to.added.length >= most)
      throw new NodeError(
        most === MOST_FILES ? "files-too-many" : "message-files-many",
        "more than it carries",
      );
    to.added.push(await add(bytes, { name, type }));
  } catch (thrown) {
    const error = asNodeError(thrown);
    if (error.code === "internal") throw thrown;
    to.refused.push({ name, error });
    bytes.resume();
  }
}

async function wholePart({ bytes }: Part): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const piece of bytes as AsyncIterable<Buffer>) {
    // One piece over the limit is enough to be refused by whoever makes it anew.
    if (size <= LARGEST_PROFILE_PICTURE) parts.push(piece);
    size += piece.byteLength;
  }
  return Buffer.concat(parts);
}

/** Of somebody who is not in: what was typed before the first file, so that it is not lost to a lock. */
export async function readTyped(req: Request): Promise<Fields> {
  refuseEncoded(req);
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req.iterator({ destroyOnReturn: false })) {
    parts.push(part);
    size += part.length;
    if (size > LARGEST_FORM) break;
  }
  const [, boundary] = /boundary="?([^";]{1,70})"?/.exec(req.headers["content-type"] ?? "") ?? [];
  if (boundary === undefined) return new Fields([]);
  const texts: [string, string][] = [];
  for (const piece of Buffer.concat(parts).toString("utf8").split(`--${boundary}`).slice(1, MOST_FIELDS)) {
    const [, name, value] =
      /^\r\nContent-Disposition: form-data; name="([^"\r\n]{1,200})"\r\n\r\n(.*)\r\n$/s.exec(piece) ?? [];
    if (name !== undefined && value !== undefined) texts.push([name, value]);
  }
  return new Fields(texts, new Map(), { added: [], refused: [], lost: size > LARGEST_FORM });
}
