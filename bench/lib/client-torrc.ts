/** What a tor needs to join the private network that bench/main.ts started. */
export function clientTorrc(): string[] {
  const lines: unknown = JSON.parse(process.env["TSSOP_BENCH_TORRC"] ?? "[]");
  if (!Array.isArray(lines) || lines.length === 0) throw new Error("there is no private Tor network");
  return lines.map(String);
}
