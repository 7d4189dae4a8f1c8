import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "./finding.ts";

const MOST_NAMED = 5;

/** Nobody but the owner's account can get at anything in the folder; what lies in a closed folder is closed. */
export function checkFiles(folder: string): Finding {
  if (process.platform === "win32") {
    return { check: "files", good: null, sentence: "Who may read your files is not looked at on Windows." };
  }
  const open = reachable(folder);
  if (open.length === 0) {
    const sentence = "Your files are yours alone: no other account of this computer may look into them.";
    return { check: "files", good: true, sentence };
  }
  const named = open.slice(0, MOST_NAMED).join(", ");
  const more = open.length > MOST_NAMED ? ` and ${open.length - MOST_NAMED} more` : "";
  return {
    check: "files",
    good: false,
    sentence: `Other accounts of this computer may look into: ${named}${more}.`,
  };
}

function reachable(path: string): string[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || found.isSymbolicLink()) return [];
  const closed = (found.mode & 0o077) === 0 && found.uid === process.getuid?.();
  if (closed) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => reachable(join(path, name)));
}
