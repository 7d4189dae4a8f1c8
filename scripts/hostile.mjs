/**
 * `npm run hostile`: every test that is named after a row of scripts/hostile-rows.mjs, and what became of each row, as a
 * table here and in docs/hostile.md. Fails when a row does, when a row has no test, or a test no row.
 */
import { writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { chromiumEnvironment } from "./chromium.mjs";
import { HOSTILE_PATTERN, misfits, namedRows, rowsOfName } from "./hostile-names.mjs";
import { hostileRows } from "./hostile-rows.mjs";
import { ipEnvironment } from "./ip-tool.mjs";
import { openpgpEnvironment } from "./openpgp-tools.mjs";
import { runProgram } from "./run-program.mjs";
import { duration, launch, Sentence, say } from "./say.mjs";
import { cacheFolder, root, setUp } from "./setup.mjs";
import { straceEnvironment } from "./strace-tool.mjs";
import { forgetReport, readTests, vitestArguments } from "./vitest-run.mjs";

const projects = ["unit", "node", "network", "tor", "browser"];

/** @typedef {{ passed: number, failed: number }} Count */

/** Runs a project's tests of the rows and adds them to the counts. False when anything went wrong. */
async function runProject(project, named, counts, { node, env }) {
  const files = [...new Set([...named.values()].flatMap((found) => [...found]))]
    .filter((file) => file.startsWith(`test/${project}/`))
    .sort();
  if (files.length === 0) return true;
  const { args, report } = vitestArguments(root, project);
  await forgetReport(report);
  say(`Running the ${project} tests of the rows …`);
  const code = await runProgram(node, [...args, "-t", HOSTILE_PATTERN, ...files], { cwd: root, env });
  const count = (id, status) => {
    const sum = counts.get(id) ?? { passed: 0, failed: 0 };
    if (status === "passed") sum.passed += 1;
    else sum.failed += 1;
    counts.set(id, sum);
  };
  const ran = await readTests(report);
  for (const { tests } of ran) {
    for (const { ancestorTitles, title, status } of tests) {
      for (const id of rowsOfName([...ancestorTitles, title])) count(id, status);
    }
  }
  // A file that ended without its tests, for whatever reason, has failed in all of its rows.
  const whole = new Set(ran.filter((file) => !file.broken).map(({ path }) => relative(root, path)));
  for (const file of files.filter((one) => !whole.has(one))) {
    say(`${file} did not run to its end.`);
    for (const [id, places] of named) if (places.has(file)) count(id, "failed");
  }
  return code === 0;
}

/** @returns {{ id: string, tried: string, must: string, result: string, tests: number }} */
function lineOf({ id, tried, must, none }, counts) {
  const { passed, failed } = counts.get(id) ?? { passed: 0, failed: 0 };
  const ran = failed > 0 ? `${failed} failed` : passed > 0 ? "passed" : "did not run";
  const result = none === undefined ? ran : `no surface yet: ${none}`;
  return { id, tried, must, result, tests: passed + failed };
}

function shown(lines) {
  const width = (name) => Math.max(...lines.map((line) => line[name].length));
  const tried = Math.min(width("tried"), 70);
  return lines
    .map(({ id, tried: what, result, tests }) => {
      const short = what.length > tried ? `${what.slice(0, tried - 1)}…` : what;
      return `${id.padEnd(4)} ${short.padEnd(tried)}  ${String(tests || "").padStart(3)}  ${result}`;
    })
    .join("\n");
}

function page(lines, sum, date) {
  const cell = (text) => String(text).replaceAll("|", "\\|");
  const rows = lines.map(
    ({ id, tried, must, result, tests }) =>
      `| ${[id, tried, must, result, tests === 0 ? "" : tests].map(cell).join(" | ")} |`,
  );
  return `# What people who mean harm try, and what became of it

Made by \`npm run hostile\` on ${date}. ${sum}

Each test's name begins with its row's id: \`grep -rnw A15 test\` finds those of A15. The list is in
\`scripts/hostile-rows.mjs\`. A row without a test is there with the reason, and is not counted as passed.

| row | what is tried | what must happen | result | tests |
|---|---|---|---|---|
${rows.join("\n")}
`;
}

await launch(async () => {
  const began = Date.now();
  const named = await namedRows(root);
  const wrong = misfits(hostileRows, named);
  const ready = await setUp({ forTests: true });
  const where = { cacheFolder: cacheFolder(), say };
  const tools = [chromiumEnvironment, ipEnvironment, straceEnvironment, openpgpEnvironment];
  const env = { ...ready.env };
  for (const tool of tools) Object.assign(env, await tool(where));
  const counts = new Map();
  let stopped = false;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => (stopped = true));
  for (const project of projects) {
    const good = await runProject(project, named, counts, { node: ready.node, env });
    if (stopped) throw new Sentence("Stopped; docs/hostile.md is as it was.");
    if (!good) wrong.push(`Something went wrong in the ${project} tests, see above.`);
  }

  const lines = hostileRows.map((row) => lineOf(row, counts));
  const of = (good) => lines.filter(({ result }) => good(result)).length;
  const passed = of((result) => result === "passed");
  const without = of((result) => result.startsWith("no surface"));
  const failed = lines.length - passed - without;
  const sum = `${passed} rows passed, ${failed} failed, ${without} have no surface yet.`;
  await writeFile(join(root, "docs", "hostile.md"), page(lines, sum, new Date().toISOString().slice(0, 10)));
  process.stdout.write(`${shown(lines)}\n`);
  for (const sentence of wrong) say(sentence);
  say(`All of it took ${duration(Date.now() - began)}.`);
  process.stdout.write(`${sum}\n`);
  if (failed > 0 || wrong.length > 0) process.exitCode = 1;
});
