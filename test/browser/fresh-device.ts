import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** A node on an empty folder: the page that everybody sees first. */
export async function freshDevice(): Promise<{ owner: string } & AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), "tssop-fresh-"));
  const child = spawn(process.execPath, ["dist/tssop.cjs", "--data", folder, "--json", "--no-open"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, TSSOP_QUICK_VAULT: "1" },
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return {
    owner: JSON.parse(line).owner,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
