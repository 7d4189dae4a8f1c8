/**
 * `npm test`: check, then the tests with several nodes, with a real Tor network on this computer, and with a real
 * browser. The last line counts them all; nothing is skipped in silence.
 */

import { check } from "./check.mjs";
import { chromiumEnvironment } from "./chromium.mjs";
import { ipEnvironment } from "./ip-tool.mjs";
import { openpgpEnvironment } from "./openpgp-tools.mjs";
import { runProgram } from "./run-program.mjs";
import { duration, launch, say } from "./say.mjs";
import { cacheFolder, root, setUp } from "./setup.mjs";
import { straceEnvironment } from "./strace-tool.mjs";
import { forgetReport, readReport, vitestArguments } from "./vitest-run.mjs";

const projects = ["network", "tor", "browser"];

async function runProject(project, { node, env }) {
  const began = Date.now();
  const { args, report } = vitestArguments(root, project);
  await forgetReport(report);
  say(`Running the ${project} tests …`);
  const code = await runProgram(node, args, { cwd: root, env });
  const counted = await readReport(project, report);
  if (counted.wrong !== "") say(counted.wrong);
  say(`The ${project} tests took ${duration(Date.now() - began)}.`);
  const good = code === 0 && counted.wrong === "";
  // Something outside of any test went wrong, such as an error that nobody caught: it must be seen in the count.
  return { good, passed: counted.passed, failed: good ? 0 : Math.max(1, counted.failed) };
}

await launch(async () => {
  const began = Date.now();
  const ready = await setUp({ forTests: true });
  const where = { cacheFolder: cacheFolder(), say };
  const env = { ...ready.env };
  for (const tool of [chromiumEnvironment, ipEnvironment, straceEnvironment, openpgpEnvironment])
    Object.assign(env, await tool(where));
  const sums = [await check({ node: ready.node, env })];
  for (const project of projects) sums.push(await runProject(project, { node: ready.node, env }));
  const good = sums.every((sum) => sum.good);
  const passed = sums.reduce((sum, { passed }) => sum + passed, 0);
  const failed = sums.reduce((sum, { failed }) => sum + failed, 0);
  say(`All of it took ${duration(Date.now() - began)}.`);
  process.stdout.write(`${passed} passed, ${good ? failed : Math.max(1, failed)} failed\n`);
  if (!good) process.exitCode = 1;
});
