import { figure, markdownOf, type Outcome } from "./report.ts";

export type Section = { title: string; outcome: Outcome; seconds: number };

/** docs/bench.md: on what machine, what was reached, then each bench with its table. */
export function documentOf(machine: string[], sections: Section[], seconds: number): string {
  const facts = [...machine, `All of it took ${figure(seconds)} s.`].map((line) => `- ${line}`);
  const lines = sections.map(({ title, outcome }) => `| ${title} | ${verdictOf(outcome)} |`);
  return [
    "# Benchmarks",
    "Written by `npm run bench`; change the benches in `bench/`, not this file. Every figure is from one run on one machine, in which its baseline was measured too. The spread is the 10th to the 90th percentile, or the smallest to the largest value of fewer than ten runs. A target that is “not met” is no failure of the run; a bench that failed is.",
    facts.join("\n"),
    ["| Bench | Targets |", "| --- | --- |", ...lines].join("\n"),
    ...sections.map(({ title, outcome, seconds: took }) => markdownOf(title, outcome, took).trimEnd()),
    "",
  ]
    .join("\n\n")
    .replace(/\n+$/, "\n");
}

function verdictOf(outcome: Outcome): string {
  if ("failed" in outcome) return "**failed**";
  const targets = outcome.rows.flatMap(({ what, target }) =>
    target === undefined ? [] : [{ what, ...target }],
  );
  const missed = targets.filter(({ met }) => !met);
  if (targets.length === 0) return "none set";
  if (missed.length === 0) return `all ${targets.length} met`;
  return `${targets.length - missed.length} of ${targets.length} met; not met: ${missed.map(({ what }) => what).join("; ")}`;
}
