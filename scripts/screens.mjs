/** `npm run screens`: pictures of every page at two sizes, light and dark, into docs/screens, by the browser tests. */
import { join } from "node:path";
import { chromiumEnvironment } from "./chromium.mjs";
import { runProgram } from "./run-program.mjs";
import { launch, say } from "./say.mjs";
import { cacheFolder, root, setUp } from "./setup.mjs";

await launch(async () => {
  const { node, env } = await setUp({ forTests: true });
  const browser = await chromiumEnvironment({ cacheFolder: cacheFolder(), say });
  const args = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project",
    "browser",
    "test/browser/pages.test.ts",
  ];
  const folder = join(root, "docs", "screens");
  const code = await runProgram(node, args, {
    cwd: root,
    env: { ...env, ...browser, TSSOP_SCREENS: folder },
  });
  if (code !== 0) process.exitCode = code;
});
