import { pipeline } from "node:stream/promises";
import type { Request, Response } from "express";
import { NodeError } from "../lib/errors.ts";
import type { MediaFile } from "./ports.ts";

/** What a browser may show by itself. */
const shown = new Set([
  ...["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"],
  ...["video/mp4", "video/quicktime", "video/webm"],
  ...["audio/mpeg", "audio/mp4", "audio/ogg", "audio/webm", "audio/flac", "audio/wav"],
]);
/** Everything else is for saving, whatever it is. */
const SAVED = "application/octet-stream";

/** Who takes nothing for so long has left, or means to hold the door; a player asks anew where it stopped. */
export const LONGEST_STILL = 120_000;

type Range = { start: number; end: number };

/** Only what a browser shows as a picture, film or sound, or saves; never as a page, never as a document of ours. */
export async function sendMedia(file: MediaFile, req: Request, res: Response): Promise<void> {
  if (!shown.has(file.type) && file.type !== SAVED) {
    res.status(404).end();
    return;
  }
  const asked = rangeOf(req.headers.range, file.bytes);
  if (asked === "beyond") {
    res.status(416).setHeader("Content-Range", `bytes */${file.bytes}`).end();
    return;
  }
  res.setHeader("Content-Type", file.type);
  res.setHeader("Accept-Ranges", "bytes");
  res.setHeader("Content-Disposition", file.type === SAVED ? savedAs(file.name ?? "") : "inline");
  if (asked !== null) {
    res.status(206);
    res.setHeader("Content-Range", `bytes ${asked.start}-${asked.end}/${file.bytes}`);
  }
  res.setHeader("Content-Length", String(asked === null ? file.bytes : asked.end - asked.start + 1));
  if (req.method === "HEAD" || file.bytes === 0) {
    res.end();
    return;
  }
  res.setTimeout(LONGEST_STILL, () => res.destroy());
  try {
    await pipeline(file.open(asked ?? undefined), res);
  } catch (error) {
    // They were blocked, or it was deleted, while it went: the connection is closed, and that is all.
    if (error instanceof NodeError && error.code === "not-allowed") return;
    // Whoever plays a film leaves off and asks anew at another place.
    if (!(error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE"))
      throw error;
  }
}

/** One range of bytes (RFC 9110, 14.2); null: none that is understood, so all of it. */
export function rangeOf(header: string | undefined, bytes: number): Range | "beyond" | null {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return null;
  const start = from === "" ? Math.max(0, bytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (from !== "" && to !== "" && Number(to) < Number(from)) return null;
  return start >= bytes || end < start ? "beyond" : { start, end };
}

/** RFC 6266 and 8187: letters beyond ASCII go in a form of their own. */
function savedAs(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const whole = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16)}`,
  );
  return `attachment; filename="${plain === "" ? "file" : plain}"; filename*=UTF-8''${whole === "" ? "file" : whole}`;
}
