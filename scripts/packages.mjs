/**
 * The packages of the lock file. Nothing that a package brings is run (`--ignore-scripts`): every binary we need is
 * a file of a package and stands in the lock file with its hash.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { duration, Sentence, say, sayAgain } from "./say.mjs";

const read = (path) => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
};

const stampOf = (root) => join(root, "node_modules", ".tssop-lock");
const hashOf = (text) => createHash("sha256").update(text).digest("hex");

function lockFile(root) {
  const text = read(join(root, "package-lock.json"));
  if (text === null)
    throw new Sentence("package-lock.json is missing: this is not a whole checkout of TSSOP.");
  return text;
}

/** True when what is installed is what the lock file says. Costs a few milliseconds. */
export function packagesAreThere(root) {
  const text = lockFile(root);
  const hash = hashOf(text);
  if (read(stampOf(root)) === hash) return true;
  const installed = read(join(root, "node_modules", ".package-lock.json"));
  if (installed === null || !sameVersions(JSON.parse(text), JSON.parse(installed))) return false;
  writeFileSync(stampOf(root), hash);
  return true;
}

/** Compares with npm's own record, so that a plain `npm ci` or `npm install` by hand counts too. */
function sameVersions(wanted, installed) {
  const there = installed.packages;
  for (const [place, entry] of Object.entries(wanted.packages)) {
    if (place === "") continue;
    const found = there[place];
    if (found === undefined && !entry.optional && !entry.devOptional) return false;
    if (found !== undefined && found.integrity !== entry.integrity) return false;
  }
  return Object.keys(there).every((place) => place in wanted.packages);
}

/** npm as the person started it, or the one found by name. */
function npmCommand() {
  const started = process.env["npm_execpath"];
  if (started !== undefined && /npm-cli\.c?js$/.test(started)) return [process.execPath, [started]];
  return process.platform === "win32" ? ["npm.cmd", []] : ["npm", []];
}

/** Runs npm; `onLine` sees what it says while it runs. Resolves with exit code and everything said. */
export function runNpm(args, { cwd, onLine = () => {} }) {
  const [program, first] = npmCommand();
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...args], {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      shell: program.endsWith(".cmd"),
    });
    let said = "";
    const hear = (chunk) => {
      said += chunk;
      for (const line of String(chunk).split("\n")) onLine(line);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", () =>
      reject(
        new Sentence("npm is missing. Install Node.js 20 or newer together with npm, then start again."),
      ),
    );
    child.on("close", (code) => resolve({ code, said }));
  });
}

export async function installPackages(root) {
  const began = Date.now();
  const total = Object.keys(JSON.parse(lockFile(root)).packages).length - 1;
  let fetched = 0;
  say("Fetching packages (the first time only, a few minutes at most) …");
  const onLine = (line) => {
    if (!/^npm http (fetch|cache)/.test(line)) return;
    fetched += 1;
    sayAgain(`Fetching packages … ${Math.min(99, Math.floor((fetched / total) * 50))} %`);
  };
  // Under NODE_ENV=production npm would leave out esbuild and Prisma, which make the program.
  const args = ["ci", "--ignore-scripts", "--include=dev", "--include=optional", "--loglevel=http"];
  const { code, said } = await runNpm([...args, "--no-audit", "--no-fund"], { cwd: root, onLine });
  if (code !== 0) throw new Sentence(whyNot(said));
  writeFileSync(stampOf(root), hashOf(lockFile(root)));
  say(`Packages are there (${duration(Date.now() - began)}).`);
}

function whyNot(said) {
  const lines = said.split("\n").filter((line) => /^npm (error|ERR!)/.test(line));
  const reason = lines.slice(0, 12).join("\n");
  if (/ENOSPC/.test(reason)) return `${reason}\nThe disk is full. Make room (about 1 GB), then start again.`;
  if (/EACCES|EPERM|EROFS/.test(reason)) {
    return `${reason}\nThe packages could not be written. Start from a folder that you may write to.`;
  }
  return `${reason}\nThe packages could not be fetched. Look at the connection, then start again.`;
}
