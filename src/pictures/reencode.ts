import { spawn } from "node:child_process";
import { NodeError } from "../lib/errors.ts";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_OUT = 2 * 1024 * 1024;
const PATIENCE = 30_000;
const TOO_LARGE = 3;

/**
 * A square JPEG of a JPEG, PNG or WebP, made by `childPath` in a process without files, network or keys.
 * `libraries`: where Node finds shared libraries that the system lacks.
 * Throws "picture-too-large" or "picture-not-readable".
 */
export async function reencode(childPath: string, bytes: Buffer, libraries: string | null): Promise<Buffer> {
  if (bytes.byteLength > MOST_BYTES) throw new NodeError("picture-too-large", "over 10 MB");
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ["--permission", `--allow-fs-read=${childPath}`, "--max-old-space-size=256", childPath],
      {
        stdio: ["pipe", "pipe", "ignore"],
        env: libraries === null ? {} : { LD_LIBRARY_PATH: libraries },
        timeout: PATIENCE,
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
