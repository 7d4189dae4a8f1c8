import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { socketFolder } from "./run-folder.ts";

/** The file is needed only until the browser has read it, milliseconds. */
const KEEP_FILE = 60_000;

/**
 * Opens the owner's page through a 0600 HTML file that posts a one-time token: an address with the token in the
 * arguments of a program would be visible to other users of this computer. False when there is no browser to be had.
 */
export async function openInBrowser(o: { folder: string; owner: string; token: string }): Promise<boolean> {
  const { folder, owner, token } = o;
  const file = join(socketFolder(folder), "enter.html");
  rmSync(file, { force: true });
  writeFileSync(file, page(owner, token), { mode: 0o600, flag: "wx" });
  setTimeout(() => rmSync(file, { force: true }), KEEP_FILE).unref();
  return launch(pathToFileURL(file).href);
}

function page(owner: string, token: string): string {
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>TSSOP</title>
<form method="post" action="${owner}/enter"><input type="hidden" name="token" value="${token}"><button>Open TSSOP</button></form>
<script>document.forms[0].submit()</script>
`;
}

function launch(address: string): Promise<boolean> {
  const [program, ...given] =
    process.platform === "darwin"
      ? ["open", address]
      : process.platform === "win32"
        ? ["rundll32", "url.dll,FileProtocolHandler", address]
        : ["xdg-open", address];
  return new Promise((resolve) => {
    const child = spawn(program ?? "xdg-open", given, { detached: true, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
    setTimeout(() => resolve(true), 3_000).unref();
    child.unref();
  });
}
