/**
 * Debian packages without root: fetched with the system's own apt (signatures are checked as always) into lists of
 * our own, and unpacked into a folder. Nothing is installed, no script of a package runs, no service starts.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Runs a program; resolves with what it said, also when it failed. */
export function run(program, args, options = {}) {
  return new Promise((done) => {
    execFile(program, args, { maxBuffer: 1 << 26, ...options }, (error, stdout, stderr) => {
      done({ ok: error === null, missing: error?.code === "ENOENT", stdout, stderr });
    });
  });
}

export async function isDebianLike() {
  const [apt, dpkg] = await Promise.all([run("apt-get", ["--version"]), run("dpkg-deb", ["--version"])]);
  return apt.ok && dpkg.ok;
}

function aptOptions(lists) {
  return [
    ["Dir::State", join(lists, "state")],
    ["Dir::State::status", "/var/lib/dpkg/status"],
    ["Dir::Cache", join(lists, "cache")],
    ["Debug::NoLocking", "1"],
    // As root apt would change to a user that cannot write here.
    ["APT::Sandbox::User", "root"],
    ["APT::Update::Post-Invoke", ""],
    ["APT::Update::Post-Invoke-Success", ""],
    ["DPkg::Post-Invoke", ""],
  ].flatMap(([name, value]) => ["-o", `${name}=${value}`]);
}

/** The package and those libraries of it (or all packages it needs) that this system lacks. */
async function namesToFetch(name, options, everything) {
  const plan = await run("apt-get", [...options, "-s", "--no-install-recommends", "install", name]);
  const names = plan.ok ? all(plan.stdout, /^Inst (\S+)/gm) : await neededLibraries(name, options);
  return [name, ...names.filter((other) => other !== name && (everything || other.startsWith("lib")))];
}

/** Where apt cannot plan (a system with something half installed): every library it names, but never another libc. */
async function neededLibraries(name, options) {
  const needed = await run("apt-cache", [...options, "depends", name]);
  return all(needed.stdout, /^\s*\|?Depends: ([^<\s]+)/gm).filter((other) => !other.startsWith("libc6"));
}

function all(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

/**
 * Unpacks a package (and the libraries it needs) into `target`.
 * @param {{ name: string, target: string, lists: string, say: (line: string) => void, everything?: boolean }} wanted
 *   everything: with all packages it needs, not only libraries
 * @returns {Promise<void>} throws with a sentence when it did not work
 */
export async function unpackPackage({ name, target, lists, say, everything = false }) {
  const folder = resolve(lists);
  for (const part of ["state/lists/partial", "cache/archives/partial"]) {
    await mkdir(join(folder, part), { recursive: true });
  }
  const options = aptOptions(folder);
  say(`Looking for Debian's package ${name} (nothing is installed) …`);
  const update = await run("apt-get", [...options, "-q", "update"]);
  const downloads = await mkdtemp(join(folder, "fetch-"));
  const fresh = `${resolve(target)}.new-${process.pid}`;
  try {
    const names = await namesToFetch(name, options, everything);
    say(`Fetching ${names.join(", ")} …`);
    const fetched = await run("apt-get", [...options, "-q", "download", ...names], { cwd: downloads });
    if (!fetched.ok) {
      const reason = lastLine(fetched.stderr) || lastLine(update.stderr);
      throw new Error(`Debian's package ${name} could not be fetched: ${reason}`);
    }
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { recursive: true });
    for (const file of await readdir(downloads)) {
      const unpacked = await run("dpkg-deb", ["-x", join(downloads, file), fresh]);
      if (!unpacked.ok) throw new Error(`${file} could not be unpacked: ${lastLine(unpacked.stderr)}`);
    }
    await rm(target, { recursive: true, force: true });
    await rename(fresh, target);
  } finally {
    await rm(downloads, { recursive: true, force: true });
    await rm(fresh, { recursive: true, force: true });
  }
}

function lastLine(text) {
  return text.trim().split("\n").at(-1) ?? "";
}

/** Every folder below `root` that holds a shared library, as a value for LD_LIBRARY_PATH; null when there is none. */
export async function libraryPathOf(root) {
  const folders = new Set();
  for (const top of ["lib", "usr/lib"]) {
    const start = join(root, top);
    if (!existsSync(start)) continue;
    for (const entry of await readdir(start, { recursive: true, withFileTypes: true })) {
      if (/^lib.*\.so(\.|$)/.test(entry.name)) folders.add(entry.parentPath);
    }
  }
  return folders.size > 0 ? [...folders].sort().join(":") : null;
}
