/** The program "strace", which writes down every connection that a process begins. */
import { debianTool } from "./debian-tool.mjs";

/** What tells the tests where it is. @param {{ cacheFolder: string, say: (line: string) => void }} o */
export async function straceEnvironment({ cacheFolder, say }) {
  const { path, libraries } = await debianTool({ program: "strace", name: "strace", cacheFolder, say });
  return { TSSOP_STRACE: path, ...(libraries === null ? {} : { TSSOP_STRACE_LIBRARIES: libraries }) };
}
