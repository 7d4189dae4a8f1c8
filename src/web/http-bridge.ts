import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** A body over the limit. */
export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
}

/** Reads a body to the end, at most `limit` bytes. Throws BodyTooLarge as soon as it is more. */
export async function readBody(req: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(req.headers["content-length"] ?? 0) > limit) throw new BodyTooLarge();
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of req) {
    size += part.length;
    if (size > limit) throw new BodyTooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Node's request as fetch's, on a fixed origin: what the Host header says decides nothing. */
export function asRequest(req: IncomingMessage, origin: string, body: Buffer | null): Request {
  const headers = new Headers();
  for (let at = 0; at + 1 < req.rawHeaders.length; at += 2) {
    headers.append(req.rawHeaders[at] ?? "", req.rawHeaders[at + 1] ?? "");
  }
  const method = req.method ?? "GET";
  return new Request(origin + (req.url ?? "/"), {
    method,
    headers,
    ...(body === null ? {} : { body: new Uint8Array(body) }),
  });
}

/** fetch's response as Node's. */
export async function sendResponse(response: Response, res: ServerResponse): Promise<void> {
  res.statusCode = response.status;
  response.headers.forEach((value, name) => {
    res.setHeader(name, value);
  });
  if (response.body === null) res.end();
  else await pipeline(Readable.from(response.body), res);
}
