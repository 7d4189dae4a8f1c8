import { createHash } from "node:crypto";
import { lstatSync, mkdirSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { NodeError } from "./lib/errors.ts";

/** A unix socket's path holds about 100 bytes, and ADD_ONION takes no space in one (control-spec, ADD_ONION). */
const fits = (folder: string) => Buffer.byteLength(folder) <= 80 && !/[\s"]/.test(folder);

/** A folder (0700) for the sockets of this data folder: inside it, or beside the temporary files when that cannot be. */
export function socketFolder(dataFolder: string): string {
  const inside = join(dataFolder, "run");
  const folder = fits(inside) ? inside : join(fits(tmpdir()) ? tmpdir() : "/tmp", nameFor(dataFolder));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  const ours = process.getuid === undefined || found.uid === process.getuid();
  if (!found.isDirectory() || !ours || (process.platform !== "win32" && (found.mode & 0o077) !== 0)) {
    throw new NodeError("folder-readonly", "the folder for sockets is not ours alone");
  }
  return folder;
}

function nameFor(dataFolder: string): string {
  return `tssop-${userInfo().uid}-${createHash("sha256").update(dataFolder).digest("hex").slice(0, 12)}`;
}
