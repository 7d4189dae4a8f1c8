/**
 * Makes a checkout ready to run, on a machine with Node 20 and npm only. Each step first looks whether there is
 * anything to do, so that a repeated start costs about a second. Runs without any package installed.
 */
import { accessSync, constants, mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildBundle, bundleIsStale, bundleOf } from "./bundle.mjs";
import { alone } from "./lock.mjs";
import { installPackages, packagesAreThere } from "./packages.mjs";
import { findRuntime, withLibraries } from "./runtime.mjs";
import { Sentence, say } from "./say.mjs";
import { findTor } from "./tor-binary.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** `.cache` in the checkout; the person's own cache folder where the checkout may not be written. */
export function cacheFolder() {
  const own = join(root, ".cache");
  try {
    mkdirSync(own, { recursive: true });
    accessSync(own, constants.W_OK);
    return own;
  } catch {
    return join(process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache"), "tssop");
  }
}

/**
 * @typedef {object} Ready
 * @property {string} node Node 26
 * @property {string} bundle the program
 * @property {NodeJS.ProcessEnv} env for everything of ours: where tor is, and the libraries that this system lacks
 */

/**
 * @param {{ forTests?: boolean, build?: boolean, tor?: boolean }} [options] forTests: what the tests' own Tor network
 *   needs must be there as well; build: false leaves out the bundle; tor: false leaves out tor
 * @returns {Promise<Ready>} throws with a sentence that says what to do
 */
export async function setUp({ forTests = false, build = true, tor = true } = {}) {
  const cache = cacheFolder();
  return await alone(cache, async () => {
    if (!packagesAreThere(root)) await installPackages(root);
    const runtime = await findRuntime({ root, cacheFolder: cache, say }).catch(asSentence);
    const env = withLibraries(process.env, runtime.libraries);
    // For what the steps below start themselves.
    Object.assign(process.env, env);
    const { prepareStore } = await import("./prepare-store.mjs");
    await prepareStore({ nodeBinary: runtime.node, root });
    if (build) await bundleWhenStale();
    const torEnvironment = tor ? await torFor(cache, forTests) : {};
    return { node: runtime.node, bundle: bundleOf(root), env: { ...env, ...torEnvironment } };
  });
}

/** The bundle has the generated client and the migrations in it: made after them. */
export async function bundleWhenStale() {
  const stale = await bundleIsStale(root);
  if (stale !== null) await buildBundle(root, stale);
}

async function torFor(cache, forTests) {
  const found = await findTor({ cacheFolder: cache, say }).catch(asSentence);
  if (forTests && found.gencert === null) {
    throw new Sentence("The Tor network on this computer needs tor-gencert, a part of Debian's package tor.");
  }
  return {
    TSSOP_TOR: found.binary,
    ...(found.libraryPath === null ? {} : { TSSOP_TOR_LIBRARIES: found.libraryPath }),
    ...(found.gencert === null ? {} : { TSSOP_TOR_GENCERT: found.gencert }),
  };
}

/** The sentences of the finders are made for people already. */
function asSentence(error) {
  const others = error.code === "EACCES" || error.code === "EPERM";
  const way = others ? `\n${cacheFolder()} belongs to somebody else. Remove it, then start again.` : "";
  throw new Sentence(`${error.message}${way}`);
}
