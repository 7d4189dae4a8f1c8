import type { Request } from "express";
import { NodeError } from "../../lib/errors.ts";
import { readBody } from "../http-bridge.ts";
import { Fields } from "./fields.ts";

/** The longest long post, each letter of it spelled out twice over by forms within forms. */
const LARGEST_FORM = 768 * 1024;
/** A picture of 10 MB and what is around it. */
const LARGEST_UPLOAD = 10 * 1024 * 1024 + 64 * 1024;
const MOST_FIELDS = 500;

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
  if (req.headers["content-encoding"] !== undefined) throw new NodeError("bad-request", "an encoded body");
  const type = req.headers["content-type"] ?? "";
  if (type !== "" && !type.startsWith("application/x-www-form-urlencoded")) {
    throw new NodeError("bad-request", "not a form");
  }
  const body = await readBody(req, LARGEST_FORM);
  return new Fields([...new URLSearchParams(body.toString("utf8"))].slice(0, MOST_FIELDS));
}

/** What a form with files sent (RFC 7578), only ever read of somebody who is in. Throws as `readFields` does. */
export async function readUpload(req: Request): Promise<Fields> {
  if (req.headers["content-encoding"] !== undefined) throw new NodeError("bad-request", "an encoded body");
  const type = req.headers["content-type"] ?? "";
  const body = await readBody(req, LARGEST_UPLOAD);
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": type } })
    .formData()
    .catch((cause: unknown) => {
      throw new NodeError("bad-request", "an upload that cannot be read", { cause });
    });
  const texts: [string, string][] = [];
  const files = new Map<string, Buffer>();
  for (const [name, value] of [...form].slice(0, MOST_FIELDS)) {
    // A file's own name is never read: it is not a path of ours.
    if (typeof value === "string") texts.push([name, value]);
    else files.set(name, Buffer.from(await value.arrayBuffer()));
  }
  return new Fields(texts, files);
}
