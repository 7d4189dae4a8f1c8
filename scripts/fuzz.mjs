/**
 * `npm run fuzz`: 100,000 changed activities into a real inbox, and docs/fuzz.md about it. TSSOP_FUZZ_RUNS and
 * TSSOP_FUZZ_SEED repeat a run; `npm test` sends 20,000.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "./run-program.mjs";
import { duration, launch, Sentence, say } from "./say.mjs";
import { root, setUp } from "./setup.mjs";

const RUNS = "100000";

const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/** Rows by type, columns by status. */
function table(reports) {
  const counts = new Map();
  for (const report of reports)
    for (const [type, statuses] of Object.entries(report.counts))
      for (const [status, count] of Object.entries(statuses)) {
        const row = counts.get(type) ?? new Map();
        counts.set(type, row.set(status, (row.get(status) ?? 0) + count));
      }
  const statuses = [...new Set([...counts.values()].flatMap((row) => [...row.keys()]))].sort();
  const lines = [...counts.keys()].sort().map((type) => {
    const row = statuses.map((status) => counts.get(type).get(status) ?? 0);
    return `| ${type} | ${row.join(" | ")} |`;
  });
  return [`| activity | ${statuses.join(" | ")} |`, `|---|${"---|".repeat(statuses.length)}`, ...lines].join(
    "\n",
  );
}

function page(reports, took) {
  const day = new Date().toISOString().slice(0, 10);
  return `# Fuzzing the inbox

\`npm run fuzz\` takes activities of every kind that is understood, in the shapes of Mastodon, Mitra, GoToSocial, snac,
Epicyon, Misskey, Akkoma, WordPress and WriteFreely, changes one to six places in each (drops, doubles, retypes, wraps, swaps people and hosts, gives terms other meanings), signs them and sends
them to a real inbox with a real encrypted store. After each one:

- the answer is not 5xx, and no error is left that nobody caught;
- each row that changed was the verified sender's to change: posts, boosts, reactions, votes, pins, leave to quote,
  reports, files and what waits at the gate; no own post changed, except whether what it quotes may be shown;
- nothing came in from somebody blocked, also not by way of others;
- each request that went out was for the signer's key, for an answer to the signer, or for what a kept post or boost of
  theirs answers, quotes or passes on. Hosts that are named in any other place are never asked.

Last run on ${day}: ${sum(reports.map(({ sent }) => sent))} activities, of which
${sum(reports.map(({ effective }) => effective))} changed something (of each kind some did), in ${took}, with TSSOP_FUZZ_SEED=${reports[0].seed}.
Nothing of the above was broken. Answers by type and status:

${table(reports)}

401 is for whoever signed in another's name or named another actor, 400 for what is not JSON or too much of it, 404 for
whoever is blocked, 503 for a second thing of somebody at the gate. 202 is also given to what is dropped.
`;
}

await launch(async () => {
  const { node, env } = await setUp({ build: false, tor: false });
  const folder = await mkdtemp(join(tmpdir(), "tssop-fuzz-"));
  const began = Date.now();
  const seed = process.env["TSSOP_FUZZ_SEED"] ?? String(Date.now() % 2 ** 31);
  const runs = process.env["TSSOP_FUZZ_RUNS"] ?? RUNS;
  say(`Sending ${runs} changed activities. To repeat exactly this: TSSOP_FUZZ_SEED=${seed} npm run fuzz`);
  try {
    const args = [
      "node_modules/vitest/vitest.mjs",
      "run",
      "--project",
      "network",
      "test/network/federation-fuzz.test.ts",
    ];
    const code = await runProgram(node, args, {
      cwd: root,
      env: {
        ...env,
        TSSOP_FUZZ_RUNS: runs,
        TSSOP_FUZZ_SEED: seed,
        TSSOP_FUZZ_REPORT: join(folder, "fuzz.json"),
      },
    });
    if (code !== 0) throw new Sentence("Something broke; the smallest activity that does it is above.");
    const reports = JSON.parse(await readFile(join(folder, "fuzz.json"), "utf8"));
    await writeFile(join(root, "docs", "fuzz.md"), page(reports, duration(Date.now() - began)));
    say("Nothing broke. The figures are in docs/fuzz.md.");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
