/** A program that tests use and this system may lack: the system's own, or Debian's, unpacked into the cache. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { libraryPathOf, unpackPackage } from "./unpack-packages.mjs";

const folders = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"];

/**
 * @param {{ program: string, name: string, cacheFolder: string, say: (line: string) => void }} o name: of the package
 * @returns {Promise<{ path: string, libraries: string | null }>}
 */
export async function debianTool({ program, name, cacheFolder, say }) {
  const places = folders.map((folder) => join(folder, program));
  const system = places.find((place) => existsSync(place));
  if (system !== undefined) return { path: system, libraries: null };
  const target = join(cacheFolder, name);
  const unpacked = () => places.map((place) => join(target, place)).find((place) => existsSync(place));
  if (unpacked() === undefined) {
    await unpackPackage({ name, target, lists: join(cacheFolder, "apt"), say });
  }
  return { path: unpacked() ?? program, libraries: await libraryPathOf(target) };
}
