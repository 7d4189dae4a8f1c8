import type { Bench } from "./report.ts";

/** Runs one bench in a process of its own, and tells the parent what it found. Without the parent it ends at once. */
const name = process.argv[2] ?? "";

for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => process.exit(1));
process.once("disconnect", () => process.exit(1));

function tell(message: object): Promise<void> {
  return new Promise((resolve) => process.send?.(message, () => resolve()));
}

try {
  const { bench }: { bench: Bench } = await import(`../${name}.ts`);
  const outcome = await bench.run((step) => void tell({ say: step }));
  await tell({ outcome });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  const message = error instanceof Error ? error.message : String(error);
  // The document is for everybody: where this checkout lies is nobody's business.
  await tell({ outcome: { failed: message.replaceAll(process.cwd(), ".") } });
}
process.exit();
