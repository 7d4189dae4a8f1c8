/** TSSOP in a checkout: `npm run tssop -- …` and `npm start -- …`. */
import { runProgram, whereTyped } from "./run-program.mjs";
import { launch } from "./say.mjs";
import { setUp } from "./setup.mjs";

await launch(async () => {
  const { node, bundle, env } = await setUp();
  process.exitCode = await runProgram(node, [bundle, ...process.argv.slice(2)], { env, cwd: whereTyped() });
});
