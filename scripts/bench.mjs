/** `npm run bench`: how long things take and what they cost, each beside a baseline, into docs/bench.md. */
import { join } from "node:path";
import { runProgram } from "./run-program.mjs";
import { launch } from "./say.mjs";
import { root, setUp } from "./setup.mjs";

await launch(async () => {
  const { node, bundle, env } = await setUp({ forTests: true });
  const main = join(root, "bench", "main.ts");
  process.exitCode = await runProgram(node, [main, ...process.argv.slice(2)], {
    cwd: root,
    env: { ...env, TSSOP_BUNDLE: bundle },
  });
});
