import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, inject, test } from "vitest";
import type { Finding } from "../../src/prove/finding.ts";
import { startPerson } from "../support/person.ts";
import { post } from "../support/scenario.ts";

const WORDS = "quince-telescope-8812";

async function proved(folder: string): Promise<{ found: Finding[]; code: number }> {
  const child = spawn(process.execPath, ["dist/tssop.cjs", "prove", "--json", "--data", folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  child.stdin.end(`${WORDS}\nNora\n`);
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  return {
    found: said
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
    code,
  };
}

test("an owner's check finds nothing amiss while the node serves, while it is locked, and when it is off", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tssop-prove-"));
  const nora = await startPerson({ name: "Nora", folder, torrc: inject("clientTorrc") });
  try {
    await nora.event("reachable");
    await post(nora, `About the ${WORDS}`);
    const open = await proved(nora.folder);
    expect(open.found.filter(({ good }) => good === false)).toEqual([]);
    expect(open.code).toBe(0);
    for (const check of ["words", "files", "sockets", "address"] as const) {
      expect(
        open.found.filter((one) => one.check === check && one.good === true),
        check,
      ).not.toEqual([]);
    }
    expect(open.found.find(({ check }) => check === "address")?.sentence).toContain(nora.onion.slice(48));
    await nora.cli("lock");
    const locked = await proved(nora.folder);
    expect(locked.found.filter(({ good }) => good === false)).toEqual([]);
    expect(locked.found.find(({ check }) => check === "address")).toMatchObject({ good: true });
    await nora.stop();
    expect((await proved(nora.folder)).found.filter(({ good }) => good === false)).toEqual([]);
    writeFileSync(join(nora.folder, "notes.txt"), `my ${WORDS}`);
    const spoiled = await proved(nora.folder);
    expect(spoiled.found.filter(({ good }) => good === false)).toMatchObject([{ check: "words" }]);
    expect(spoiled.code).toBe(1);
  } finally {
    await nora.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});
