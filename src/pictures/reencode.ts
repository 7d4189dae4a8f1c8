import { spawn } from "node:child_process";
import { NodeError } from "../lib/errors.ts";

const MOST_BYTES = 20 * 1024 * 1024;
const MOST_OUT = 16 * 1024 * 1024;
const PATIENCE = 60_000;
const TOO_LARGE = 3;

/** A new picture, made of the dots of another one. */
export type Made = { bytes: Buffer; type: string; width: number; height: number; blurhash: string };

/** square: of a person, small. whole: for a post, as it is but at most 2048 dots wide or high. */
export type Shape = "square" | "whole";

/** `libraries`: where Node finds shared libraries that the system lacks. */
export type PictureChild = { childPath: string; libraries: string | null };

/**
 * Makes a JPEG, PNG or WebP anew in a process without files, network or keys, turned as it says it is to be seen.
 * Throws "picture-too-large" or "picture-not-readable".
 */
export async function reencode(child: PictureChild, bytes: Buffer, shape: Shape): Promise<Made> {
  const out = await runChild(child, bytes, { as: shape, patience: PATIENCE });
  const end = out.indexOf("\n");
  const about: unknown = JSON.parse(out.toString("utf8", 0, end));
  if (!isAbout(about)) throw new NodeError("picture-not-readable", "an odd answer of the picture process");
  return { ...about, bytes: out.subarray(end + 1) };
}

function isAbout(about: unknown): about is Omit<Made, "bytes"> {
  return typeof about === "object" && about !== null && "type" in about && "blurhash" in about;
}

/** What the picture process makes of a picture: a new one, or the codes in it (see read-code.ts). */
type Task = { as: Shape | "codes"; patience: number };

/** `patience` in milliseconds; then the process is ended. Throws "picture-too-large" or "picture-not-readable". */
export async function runChild(
  { childPath, libraries }: PictureChild,
  bytes: Buffer,
  { as, patience }: Task,
): Promise<Buffer> {
  if (bytes.byteLength > MOST_BYTES) throw new NodeError("picture-too-large", "over 20 MB");
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--permission", `--allow-fs-read=${childPath}`, "--max-old-space-size=256", childPath, as],
      {
        stdio: ["pipe", "pipe", "ignore"],
        env: libraries === null ? {} : { LD_LIBRARY_PATH: libraries },
        timeout: patience,
        killSignal: "SIGKILL",
        windowsHide: true,
      },
    );
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > MOST_OUT) child.kill("SIGKILL");
      else chunks.push(chunk);
    });
    child.on("error", (cause) =>
      reject(new NodeError("internal", "the picture process did not start", { cause })),
    );
    child.on("close", (code) => {
      if (code === 0 && size > 0) resolve(Buffer.concat(chunks));
      else if (code === TOO_LARGE) reject(new NodeError("picture-too-large", "over the limit of dots"));
      else reject(new NodeError("picture-not-readable", `the picture process ended with ${code}`));
    });
    child.stdin.on("error", () => {}); // it may end before it has read everything; its exit code says why
    child.stdin.end(bytes);
  });
}
