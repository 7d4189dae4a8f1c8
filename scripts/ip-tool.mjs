/** The program "ip", with which the leak test furnishes its network namespace. */
import { debianTool } from "./debian-tool.mjs";

/** What tells the tests where it is. @param {{ cacheFolder: string, say: (line: string) => void }} o */
export async function ipEnvironment({ cacheFolder, say }) {
  const { path, libraries } = await debianTool({ program: "ip", name: "iproute2", cacheFolder, say });
  return { TSSOP_IP: path, ...(libraries === null ? {} : { TSSOP_IP_LIBRARIES: libraries }) };
}
