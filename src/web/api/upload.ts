import type { Request } from "express";
import { LARGEST_FILE } from "../../social/media/limits.ts";
import { type Part, readMultipart } from "../multipart.ts";
import type { OwnerActing } from "../ports.ts";
import { type Fields, fieldsFromPairs } from "./fields.ts";
import { notUnderstood } from "./refuse.ts";

/** A file that an app sends, taken in as it arrives: the field "file", and the texts beside it. */
export async function readFile(
  req: Request,
  acting: OwnerActing,
): Promise<{ mediaId: string; fields: Fields }> {
  if (!(req.headers["content-type"] ?? "").startsWith("multipart/form-data"))
    throw notUnderstood("Send a form with a file in it.");
  const onFile = async ({ field, name, type, bytes }: Part): Promise<string | null> => {
    if (field === "file") return acting.addFile(bytes, { name, type });
    bytes.resume();
    return null;
  };
  const limits = { mostText: 64 * 1024, mostBytes: LARGEST_FILE + 1024 * 1024, mostFields: 20 };
  const { texts, files } = await readMultipart(req, { ...limits, onFile });
  const mediaId = files.find((id) => id !== null);
  if (mediaId === undefined || mediaId === null) throw notUnderstood("There is no file in it.");
  return { mediaId, fields: fieldsFromPairs(texts) };
}
