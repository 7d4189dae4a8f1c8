/** TSSOP in a checkout: `npm run tssop -- …` and `npm start -- …`. */
import { join } from "node:path";
import { runProgram, whereTyped } from "./run-program.mjs";
import { launch } from "./say.mjs";
import { cacheFolder, setUp } from "./setup.mjs";

await launch(async () => {
  const ready = await setUp();
  // Node keeps the compiled form of the bundle there: a third less time to start.
  const env = { ...ready.env, NODE_COMPILE_CACHE: join(cacheFolder(), "compiled") };
  const args = [ready.bundle, ...process.argv.slice(2)];
  process.exitCode = await runProgram(ready.node, args, { env, cwd: whereTyped() });
});
