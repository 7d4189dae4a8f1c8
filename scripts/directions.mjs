import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

const folders = ["src", "test", "scripts"];

/**
 * Directions between the parts, by dependency-cruiser. With a parser that does not understand TypeScript it looks at
 * no module at all and reports success, so it must have looked at every source that there is.
 * @returns {Promise<string>} what is wrong, or ""
 */
export async function checkDirections({ root, node, env }) {
  const program = "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs";
  const args = [program, "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...folders];
  const { stdout, stderr } = await run(node, args, { cwd: root, env, maxBuffer: 1 << 28 });
  if (stdout === "") return `dependency-cruiser said nothing.\n${stderr}`;
  const { modules, summary } = JSON.parse(stdout);
  const seen = new Set(modules.map((module) => module.source));
  const missed = (await sources(root)).filter((file) => !seen.has(file));
  const wrong = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  const blind = missed.map((file) => `not looked at: ${file}`);
  return [...wrong, ...blind, ...(summary.totalCruised === 0 ? ["It looked at no module."] : [])].join("\n");
}

async function sources(root) {
  const entries = await readdir(join(root, "src"), { recursive: true });
  return entries
    .filter((file) => /\.tsx?$/.test(file) && !/\.d\.ts$/.test(file))
    .map((file) => `src/${file}`);
}

function run(program, args, options) {
  return new Promise((resolve) => {
    execFile(program, args, options, (_error, stdout, stderr) => resolve({ stdout, stderr }));
  });
}
