import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { targetOf } from "../../../src/tor/guard.ts";

const run = promisify(execFile);
const probe = resolve(import.meta.dirname, "guard-probe.ts");

/** What guard-probe.ts says; it runs by itself, because the guard cannot be taken out again. */
type Report = { stopped: Record<string, string>; allowed: Record<string, string>; prevented: number };

function expectGuarded(report: Report): void {
  for (const [what, code] of Object.entries(report.stopped)) expect(code, what).toBe("ELEAK");
  expect(Object.keys(report.stopped).length).toBeGreaterThan(15);
  expect(report.allowed).toEqual({
    "unix socket": "hello",
    "allowed port": "hello",
    "allowed port by name": "hello",
    "own server by name": "127.0.0.1",
    "address as name": "127.0.0.1",
  });
  expect(report.prevented).toBeGreaterThanOrEqual(Object.keys(report.stopped).length - 3);
}

test("no name is looked up and no socket opened past Tor", async () => {
  const { stdout } = await run(process.execPath, [probe]);
  expectGuarded(JSON.parse(stdout));
});

test("it holds in the bundle, too", async () => {
  const folder = await mkdtemp(join(tmpdir(), "guard-"));
  try {
    const outfile = join(folder, "probe.cjs");
    await build({
      entryPoints: [probe],
      outfile,
      bundle: true,
      platform: "node",
      format: "cjs",
      logLevel: "silent",
    });
    const { stdout } = await run(process.execPath, [outfile]);
    expectGuarded(JSON.parse(stdout));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("every way to call connect is understood", () => {
  expect(targetOf([{ path: "/a" }])).toEqual({ path: "/a" });
  expect(targetOf([[{ path: "/a" }, null]])).toEqual({ path: "/a" });
  expect(targetOf(["/a"])).toEqual({ path: "/a" });
  expect(targetOf([80, "example.org"])).toEqual({ host: "example.org", port: 80 });
  expect(targetOf(["80", "example.org"])).toEqual({ host: "example.org", port: 80 });
  expect(targetOf([80])).toEqual({ host: "localhost", port: 80 });
  expect(targetOf([{ port: 80, host: "192.0.2.1" }])).toEqual({ host: "192.0.2.1", port: 80 });
  expect(targetOf([{ port: 80, path: undefined }])).toEqual({ host: "localhost", port: 80 });
});
