/** `npm run demo`: three people on a private Tor network on this computer. */
import { join } from "node:path";
import { runProgram } from "./run-program.mjs";
import { launch } from "./say.mjs";
import { root, setUp } from "./setup.mjs";

await launch(async () => {
  const { node, bundle, env } = await setUp({ forTests: true });
  const demo = join(root, "test", "support", "demo", "main.ts");
  process.exitCode = await runProgram(node, [demo, ...process.argv.slice(2)], {
    cwd: root,
    env: { ...env, TSSOP_BUNDLE: bundle },
  });
});
