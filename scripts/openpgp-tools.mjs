/** Other people's OpenPGP programs, which read what ours seals and write what it has to read: GnuPG, Sequoia, GopenPGP. */
import { debianTool } from "./debian-tool.mjs";

/**
 * What tells the tests where they are. Sequoia and GopenPGP are there with their programs for the stateless command line
 * (sqop, gosop), whose words stay the same from version to version.
 * @param {{ cacheFolder: string, say: (line: string) => void }} o
 */
export async function openpgpEnvironment({ cacheFolder, say }) {
  const tool = (program) => debianTool({ program, name: program, cacheFolder, say });
  const tools = {
    TSSOP_GPG: await tool("gpg"),
    TSSOP_GPG_AGENT: await tool("gpg-agent"),
    TSSOP_SQOP: await tool("sqop"),
    TSSOP_GOSOP: await tool("gosop"),
  };
  const libraries = Object.values(tools).flatMap((tool) => tool.libraries ?? []);
  return {
    ...Object.fromEntries(Object.entries(tools).map(([name, { path }]) => [name, path])),
    ...(libraries.length === 0 ? {} : { TSSOP_OPENPGP_LIBRARIES: libraries.join(":") }),
  };
}
