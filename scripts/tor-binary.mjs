/**
 * Finds a tor of at least 0.4.8 (and tor-gencert from the same package), in this order: TSSOP_TOR, the system's,
 * Debian's package unpacked into a cache folder. Likewise libatomic, which Node 26 needs. Runs on Node 20, no packages.
 */
import { existsSync, realpathSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isDebianLike, libraryPathOf, run, unpackPackage } from "./unpack-packages.mjs";

const OLDEST = [0, 4, 8];

/** @typedef {{ binary: string, libraryPath: string | null, gencert: string | null }} FoundTor */

/** "0.4.9.11" of what a tor says about itself, or null. */
export async function torVersion(binary, libraryPath = null) {
  const env = libraryPath === null ? process.env : { ...process.env, LD_LIBRARY_PATH: libraryPath };
  const said = await run(binary, ["--version"], { env });
  return said.ok ? (/version (\d+(?:\.\d+)+)/.exec(said.stdout)?.[1] ?? null) : null;
}

export function isNewEnough(version) {
  const parts = version.split(".").map(Number);
  for (const [index, oldest] of OLDEST.entries()) {
    const part = parts[index] ?? 0;
    if (part !== oldest) return part > oldest;
  }
  return true;
}

function inPath(name) {
  const folders = (process.env["PATH"] ?? "").split(":").filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file)) ?? null;
}

function gencertBeside(binary) {
  const places = [dirname(binary), dirname(realpathSync(binary))].map((folder) =>
    join(folder, "tor-gencert"),
  );
  return places.find((file) => existsSync(file)) ?? inPath("tor-gencert");
}

async function explicitTor() {
  const binary = process.env["TSSOP_TOR"];
  if (binary === undefined || binary === "") return null;
  const libraryPath = process.env["TSSOP_TOR_LIBRARIES"] || null;
  const version = existsSync(binary) ? await torVersion(binary, libraryPath) : null;
  if (version === null)
    throw new Error(`TSSOP_TOR names ${binary}, but that is no tor that runs here. Correct it.`);
  if (!isNewEnough(version)) throw new Error(`TSSOP_TOR names tor ${version}; 0.4.8 or newer is needed.`);
  return { binary, libraryPath, gencert: process.env["TSSOP_TOR_GENCERT"] || gencertBeside(binary) };
}

async function systemTor() {
  const binary = inPath("tor");
  if (binary === null) return null;
  const version = await torVersion(binary);
  return version !== null && isNewEnough(version)
    ? { binary, libraryPath: null, gencert: gencertBeside(binary) }
    : null;
}

async function cachedTor(folder) {
  try {
    const found = JSON.parse(await readFile(join(folder, "found.json"), "utf8"));
    return existsSync(found.binary) ? found : null;
  } catch {
    return null;
  }
}

async function unpackedTor(folder, lists, say) {
  await mkdir(dirname(folder), { recursive: true });
  await unpackPackage({ name: "tor", target: folder, lists, say });
  const binary = ["usr/bin/tor", "usr/sbin/tor"]
    .map((place) => join(folder, place))
    .find((file) => existsSync(file));
  if (binary === undefined)
    throw new Error("Debian's package tor holds no tor. Install tor and set TSSOP_TOR.");
  const libraryPath = await libraryPathOf(folder);
  const version = await torVersion(binary, libraryPath);
  if (version === null) {
    const env = { ...process.env, LD_LIBRARY_PATH: libraryPath ?? "" };
    const lacking = (await run("ldd", [binary], { env })).stdout.match(/^\s*\S+(?= => not found)/gm) ?? [];
    throw new Error(
      `The unpacked tor does not run here (lacking: ${lacking.join(" ").trim() || "unknown"}).`,
    );
  }
  if (!isNewEnough(version)) {
    throw new Error(
      `This system's package has tor ${version}; 0.4.8 or newer is needed. Install one and set TSSOP_TOR.`,
    );
  }
  const found = { binary, libraryPath, gencert: gencertBeside(binary) };
  await writeFile(join(folder, "found.json"), `${JSON.stringify(found)}\n`);
  say(`tor ${version} is ready.`);
  return found;
}

/**
 * @param {{ cacheFolder: string, say: (line: string) => void }} options
 * @returns {Promise<FoundTor>} throws with a sentence that says what to do
 */
export async function findTor({ cacheFolder, say }) {
  const folder = join(cacheFolder, "tor");
  const found = (await explicitTor()) ?? (await systemTor()) ?? (await cachedTor(folder));
  if (found !== null) return found;
  if (await isDebianLike()) return await unpackedTor(folder, join(cacheFolder, "apt"), say);
  throw new Error(howToInstall());
}

function howToInstall() {
  const ways = {
    darwin: "Install it with “brew install tor”",
    win32: "Install the Tor Expert Bundle from torproject.org and set TSSOP_TOR to its tor.exe",
  };
  const way =
    ways[process.platform] ?? "Install the package “tor” of your system (dnf install tor, pacman -S tor, …)";
  return `Tor 0.4.8 or newer is missing. ${way}; if it lies in an unusual place, set TSSOP_TOR to it. Then start again.`;
}

/** True where the dynamic loader finds libatomic.so.1 by itself. */
async function systemHasLibatomic() {
  for (const program of ["ldconfig", "/sbin/ldconfig"]) {
    const known = await run(program, ["-p"]);
    if (known.ok) return known.stdout.includes("libatomic.so.1");
  }
  for (const top of ["/usr/lib", "/lib", "/usr/lib64"]) {
    const names = existsSync(top) ? await readdir(top) : [];
    const folders = [top, ...names.filter((name) => name.includes("linux")).map((name) => join(top, name))];
    if (folders.some((folder) => existsSync(join(folder, "libatomic.so.1")))) return true;
  }
  return false;
}

/**
 * Node's Linux builds need libatomic.so.1, which small systems lack.
 * @param {{ cacheFolder: string, say: (line: string) => void }} options
 * @returns {Promise<string | null>} a value for LD_LIBRARY_PATH; null when nothing is needed
 */
export async function findLibatomic({ cacheFolder, say }) {
  if (process.platform !== "linux" || (await systemHasLibatomic())) return null;
  const folder = join(cacheFolder, "libatomic");
  const kept = existsSync(folder) ? await libraryPathOf(folder) : null;
  if (kept !== null) return kept;
  if (!(await isDebianLike())) {
    throw new Error(
      "The library libatomic is missing. Install it (dnf install libatomic, …), then start again.",
    );
  }
  await mkdir(cacheFolder, { recursive: true });
  await unpackPackage({ name: "libatomic1", target: folder, lists: join(cacheFolder, "apt"), say });
  return await libraryPathOf(folder);
}
