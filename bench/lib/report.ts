import type { Summary } from "./numbers.ts";

export type Unit = "µs" | "ms" | "s" | "MB" | "% of a core" | "times";

/** One line of a bench's table. */
export type Row = Summary & {
  what: string;
  unit: Unit;
  baseline?: { what: string; value: number };
  /** What is wanted, and whether it is reached. */
  target?: { text: string; met: boolean };
};

/** A table of another shape, below the first one. */
export type Extra = { title: string; head: string[]; lines: string[][] };

export type Report = {
  /** How it was measured, in a sentence or two. */
  how: string;
  rows: Row[];
  extras?: Extra[];
  notes?: string[];
};

export type Outcome = Report | { failed: string };

export type Bench = { title: string; run(say: (step: string) => void): Promise<Report> };

/** "at most" is the only kind of target there is. */
export function atMost(value: number, limit: number, text: string): { text: string; met: boolean } {
  return { text, met: value <= limit };
}

export function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 100) return value.toFixed(0);
  if (Math.abs(value) >= 10) return value.toFixed(1);
  return value.toFixed(Math.abs(value) >= 1 ? 2 : 3);
}

function lineOf(row: Row): string[] {
  const { what, unit, median, low, high, runs, baseline, target } = row;
  const suffix = unit === "times" ? "×" : ` ${unit}`;
  return [
    what,
    `${figure(median)}${suffix}`,
    runs > 1 ? `${figure(low)} to ${figure(high)}` : "",
    runs > 1 ? String(runs) : "1",
    baseline === undefined ? "" : `${figure(baseline.value)}${suffix} ${baseline.what}`,
    baseline === undefined || baseline.value === 0 ? "" : `${figure(median / baseline.value)}×`,
    target?.text ?? "",
    target === undefined ? "" : target.met ? "met" : "not met",
  ];
}

const HEAD = ["What", "Median", "Spread", "Runs", "Baseline", "Ratio", "Target", ""];

function table(head: string[], lines: string[][]): string {
  const row = (cells: string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...lines.map(row)].join("\n");
}

/** What one bench found, as Markdown. */
export function markdownOf(title: string, outcome: Outcome, seconds: number): string {
  const took = `Took ${figure(seconds)} s.`;
  if ("failed" in outcome) return `## ${title}\n\n**Failed:** ${outcome.failed}\n\n${took}\n`;
  const { how, rows, extras = [], notes = [] } = outcome;
  const parts = [
    `## ${title}`,
    how,
    table(HEAD, rows.map(lineOf)),
    ...extras.flatMap((extra) => [`### ${extra.title}`, table(extra.head, extra.lines)]),
    ...(notes.length === 0 ? [] : [notes.map((note) => `- ${note}`).join("\n")]),
    took,
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The same for a terminal: only what was measured, aligned. */
export function plainOf(outcome: Report): string {
  const lines = outcome.rows.map(lineOf);
  const widths = HEAD.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join("\n");
}
