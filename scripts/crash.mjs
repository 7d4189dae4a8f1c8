/**
 * `npm run crash`: nodes are killed 200 times in the middle of their work, starved of room and given wrong clocks, and
 * docs/crash.md says what came of it. TSSOP_CRASH_CYCLES sets how many times. The exit code is 1 when anything was lost.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "./run-program.mjs";
import { duration, launch, Sentence, say } from "./say.mjs";
import { root, setUp } from "./setup.mjs";

const isKill = ({ killed }) => killed;
const row = ({ what, cycles, acknowledged, lost, note }) =>
  `| ${what} | ${cycles} | ${acknowledged} | ${lost} | ${note} |`;

function table(heading, lines) {
  return [`| ${heading} | cycles | acknowledged | lost | |`, "|---|---|---|---|---|", ...lines.map(row)].join(
    "\n",
  );
}

function page(lines, took) {
  const sum = (what) => lines.reduce((all, line) => all + line[what], 0);
  const kills = lines.filter(isKill).reduce((all, { cycles }) => all + cycles, 0);
  return `# Killed, starved, misled

\`npm run crash\` runs real nodes on real encrypted stores and ends them with SIGKILL in the middle of their work, at
moments spread over it. What was acknowledged before the kill must be there after the next start: an answer to the
owner's app, a 202 to another node, a sentence on the command line, a commit that was reported. Then it takes the room
away, the right to write, and the right time.

Last run on ${new Date().toISOString().slice(0, 10)}: ${kills} kills, ${sum("acknowledged")} things acknowledged,
${sum("lost")} lost, in ${took}.

${table("killed while", lines.filter(isKill))}

${table(
  "without a kill, or around one",
  lines.filter((line) => !isKill(line)),
)}

"Lost" also counts what is there twice, and a passphrase that opens nothing. Deliveries are told apart from repetitions:
a node that is killed between the arrival of a post there and the answer here sends it again, under the same id.

A full disk is a tmpfs of 6 MB in a mount namespace of its own; where the system allows none, that line says so. A
power cut is not in here: SIGKILL leaves the system's own buffers whole.
`;
}

await launch(async () => {
  const { node, env } = await setUp({ tor: false });
  const folder = await mkdtemp(join(tmpdir(), "tssop-crash-report-"));
  const file = join(folder, "lines");
  const began = Date.now();
  try {
    await writeFile(file, "");
    const args = ["node_modules/vitest/vitest.mjs", "run", "--project", "crash"];
    const code = await runProgram(node, args, { cwd: root, env: { ...env, TSSOP_CRASH_REPORT: file } });
    const lines = (await readFile(file, "utf8")).trim().split("\n").filter(Boolean);
    const text = page(
      lines.map((line) => JSON.parse(line)),
      duration(Date.now() - began),
    );
    if (code !== 0) {
      process.stdout.write(text);
      throw new Sentence("Something was lost or not told, see above. docs/crash.md stays as it was.");
    }
    await writeFile(join(root, "docs", "crash.md"), text);
    process.stdout.write(text);
    say("Nothing was lost. The figures are in docs/crash.md.");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
