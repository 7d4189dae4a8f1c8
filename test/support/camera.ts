import { writeFileSync } from "node:fs";
import { jpegOf, scene } from "./code-pictures.ts";

/**
 * For `startChromium`: a camera that shows this film (`cameraFilm`) over and over. With `allowed` the browser lets every
 * page have it that the page's own headers let; without, nobody is there to say yes.
 */
export function withCamera(film: string, allowed = true): string[] {
  const device = ["--use-fake-device-for-media-stream", `--use-file-for-fake-video-capture=${film}`];
  return allowed ? [...device, "--use-fake-ui-for-media-stream"] : device;
}

/**
 * Writes a film to `path`, which ends in .mjpeg: JPEGs, one after the other. What is on a full table is seen first, then
 * a screen with this code is held into it.
 */
export async function cameraFilm(path: string, text: string): Promise<void> {
  const size = { width: 1280, height: 960, ground: "busy" as const };
  const table = await jpegOf(scene({ ...size, codes: [] }));
  const held = await jpegOf(scene({ ...size, codes: [{ text, x: 660, y: 470, dot: 9, turned: 7 }] }));
  const second = 30;
  writeFileSync(path, Buffer.concat([...Array(second).fill(table), ...Array(3 * second).fill(held)]));
}
