import { execFileSync } from "node:child_process";
import { cpus, loadavg, release, totalmem, type } from "node:os";

/** What the figures were measured on. */
export function machine(): string[] {
  const [first] = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(1);
  return [
    `${first?.model.trim() || "unknown processor"}, ${cpus().length} cores, ${memory} GiB of memory`,
    `${type()} ${release()}, Node ${process.versions.node}, ${torVersion()}`,
    `${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC, load before the start ${(loadavg()[0] ?? 0).toFixed(2)}`,
  ];
}

function torVersion(): string {
  const libraries = process.env["TSSOP_TOR_LIBRARIES"];
  const env = libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries };
  try {
    const said = execFileSync(process.env["TSSOP_TOR"] ?? "tor", ["--version"], { env, encoding: "utf8" });
    return (
      /^Tor version [^\s]+/.exec(said)?.[0].replace("Tor version", "tor").replace(/\.$/, "") ??
      "tor of unknown version"
    );
  } catch {
    return "no tor";
  }
}
