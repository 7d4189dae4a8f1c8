/**
 * `npm run check`: format, lint, types, directions, unused code, our own rules, unit and node tests.
 * No network is needed once the packages are there.
 */
import { fileURLToPath } from "node:url";
import { checkDirections } from "./directions.mjs";
import { checkRules } from "./rules.mjs";
import { duration, launch, say } from "./say.mjs";
import { bundleWhenStale, root, setUp } from "./setup.mjs";
import { runSteps } from "./steps.mjs";
import { forgetReport, readReport, vitestArguments } from "./vitest-run.mjs";

/** The machines we test on have two cores, and the type checker alone can fill one. */
const atOnce = 2;

const staticSteps = ({ node, env }) => [
  { name: "types", program: node, args: ["node_modules/typescript/bin/tsc", "--project", "."] },
  { name: "format and lint", program: node, args: ["node_modules/@biomejs/biome/bin/biome", "check", "."] },
  { name: "directions", work: () => checkDirections({ root, node, env }) },
  { name: "unused code", program: node, args: ["node_modules/knip/bin/knip.js", "--no-progress"] },
  { name: "our own rules", work: () => checkRules(root) },
  { name: "the bundle", work: buildSilently },
];

async function buildSilently() {
  await bundleWhenStale();
  return "";
}

/** @returns {Promise<{ good: boolean, passed: number, failed: number }>} */
export async function check({ node, env }) {
  const began = Date.now();
  const good = await runSteps(staticSteps({ node, env }), { atOnce, cwd: root, env });
  const sum = { good, passed: 0, failed: 0 };
  for (const project of ["unit", "node"]) {
    const { args, report } = vitestArguments(root, project);
    await forgetReport(report);
    const ran = await runSteps([{ name: `${project} tests`, program: node, args }], {
      atOnce: 1,
      cwd: root,
      env,
    });
    const counted = await readReport(project, report);
    if (counted.wrong !== "") say(counted.wrong);
    sum.good &&= ran && counted.wrong === "";
    sum.passed += counted.passed;
    sum.failed += counted.failed;
  }
  say(
    `Check: ${sum.good ? "all is well" : "something is wrong, see above"} (${duration(Date.now() - began)}).`,
  );
  return sum;
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === process.argv[1]) {
  await launch(async () => {
    const ready = await setUp({ build: false, tor: false });
    const { good, passed, failed } = await check(ready);
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
    if (!good) process.exitCode = 1;
  });
}
