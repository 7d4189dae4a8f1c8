import { cleanFlac, cleanWav } from "./flac-wav.ts";
import { cleanMp3 } from "./mp3.ts";
import { cleanMp4 } from "./mp4.ts";
import { cleanOgg } from "./ogg.ts";
import type { Format } from "./sniff.ts";
import { type Cleaned, type Source, windowed } from "./source.ts";
import { cleanWebm } from "./webm.ts";

const cleaners: Readonly<Record<Format, (source: Source) => Promise<Cleaned>>> = {
  mp4: cleanMp4,
  webm: cleanWebm,
  mp3: cleanMp3,
  ogg: cleanOgg,
  flac: cleanFlac,
  wav: cleanWav,
};

/**
 * What of a film or a sound may be kept, found by walking its parts; nothing is decoded. What tells of a place, a device,
 * a time or a name is overwritten where it stands. Throws "film-not-readable" for what cannot be understood to its end.
 */
export async function clean(source: Source, format: Format): Promise<Cleaned> {
  return cleaners[format](windowed(source));
}
