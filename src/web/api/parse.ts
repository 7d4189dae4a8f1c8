import express, { type Request } from "express";
import { type Fields, fieldsFromJson, fieldsFromPairs, joined } from "./fields.ts";
import { notUnderstood } from "./refuse.ts";

/** Enough for the longest post in any notation. */
const MOST_BYTES = 256 * 1024;

const wholeBody = express.raw({ type: () => true, limit: MOST_BYTES, inflate: false });

/** What an app sent in the address and in the body: JSON, urlencoded or multipart without files. */
export async function readFields(req: Request): Promise<Fields> {
  const query = fieldsFromPairs(new URL(req.originalUrl, "http://127.0.0.1").searchParams);
  const body = await readBody(req);
  if (body.byteLength === 0) return query;
  return joined(query, await parseBody(body, req.headers["content-type"] ?? ""));
}

async function readBody(req: Request): Promise<Buffer> {
  await new Promise<void>((done, failed) => {
    const { res } = req;
    if (res === undefined) return done();
    wholeBody(req, res, (error: unknown) => (error === undefined ? done() : failed(error)));
  });
  const body: unknown = req.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

export async function parseBody(body: Buffer, contentType: string): Promise<Fields> {
  const kind = contentType.split(";", 1)[0]?.trim().toLowerCase();
  switch (kind) {
    case "application/json":
      return fieldsFromJson(parseJson(body));
    case "application/x-www-form-urlencoded":
      return fieldsFromPairs(new URLSearchParams(body.toString("utf8")));
    case "multipart/form-data":
      return fieldsFromPairs(await parseMultipart(body, contentType));
    default:
      throw notUnderstood("Send JSON or a form.");
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw notUnderstood("That is not JSON.");
  }
}

async function parseMultipart(body: Buffer, contentType: string): Promise<[string, string][]> {
  const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } })
    .formData()
    .catch(() => {
      throw notUnderstood("That form could not be read.");
    });
  const pairs: [string, string][] = [];
  for (const [key, value] of form) {
    if (typeof value !== "string") throw notUnderstood("Files cannot be sent this way yet.");
    pairs.push([key, value]);
  }
  return pairs;
}
