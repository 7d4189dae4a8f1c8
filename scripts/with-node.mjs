/** Runs a module with the project's own Node: `node scripts/with-node.mjs MODULE ARGUMENTS…`. */
import { runProgram } from "./run-program.mjs";
import { launch, Sentence } from "./say.mjs";
import { root, setUp } from "./setup.mjs";

await launch(async () => {
  const [module, ...args] = process.argv.slice(2);
  if (module === undefined)
    throw new Sentence("Say which module: node scripts/with-node.mjs MODULE ARGUMENTS…");
  const { node, env } = await setUp({ build: false, tor: false });
  process.exitCode = await runProgram(node, [module, ...args], { cwd: root, env });
});
