import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import type { MediaFile } from "./ports.ts";

const shown = new Set(["image/jpeg", "image/png", "image/webp", "image/gif"]);

/** Only what a browser shows as a picture, under no name, never as a page. */
export async function sendMedia(file: MediaFile, req: Request, res: Response): Promise<void> {
  if (!shown.has(file.type)) {
    res.status(404).end();
    return;
  }
  res.setHeader("Content-Type", file.type);
  res.setHeader("Content-Length", String(file.bytes));
  res.setHeader("Content-Disposition", "inline");
  if (req.method === "HEAD") res.end();
  else await pipeline(file.open(), res);
}
