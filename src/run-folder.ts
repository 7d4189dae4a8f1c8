import { createHash } from "node:crypto";
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { NodeError } from "./lib/errors.ts";

/** A unix socket's path holds about 100 bytes; a deep data folder gets a short one beside the temporary files. */
const LONGEST = 80;

/** A folder (0700) short enough for sockets that belong to this data folder. */
export function socketFolder(dataFolder: string): string {
  const inside = join(dataFolder, "run");
  const folder =
    Buffer.byteLength(inside) <= LONGEST
      ? inside
      : join(
          tmpdir(),
          `tssop-${userInfo().uid}-${createHash("sha256").update(dataFolder).digest("hex").slice(0, 12)}`,
        );
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const ours = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isDirectory() || !ours || (process.platform !== "win32" && (found.mode & 0o077) !== 0)) {
    throw new NodeError("folder-readonly", "the folder for sockets is not ours alone");
  }
  return folder;
}
