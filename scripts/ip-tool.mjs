/** The program "ip", with which the leak test furnishes its network namespace: the system's, or Debian's unpacked. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { libraryPathOf, unpackPackage } from "./unpack-packages.mjs";

const places = ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip"];

/** What tells the tests where it is. @param {{ cacheFolder: string, say: (line: string) => void }} o */
export async function ipEnvironment({ cacheFolder, say }) {
  const system = places.find((place) => existsSync(place));
  if (system !== undefined) return { TSSOP_IP: system };
  const target = join(cacheFolder, "iproute2");
  const unpacked = () => places.map((place) => join(target, place)).find((place) => existsSync(place));
  if (unpacked() === undefined) {
    await unpackPackage({ name: "iproute2", target, lists: join(cacheFolder, "apt"), say });
  }
  const libraries = await libraryPathOf(target);
  return { TSSOP_IP: unpacked() ?? "ip", ...(libraries === null ? {} : { TSSOP_IP_LIBRARIES: libraries }) };
}
