import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { askNode } from "../../src/control.ts";
import { openVault } from "../../src/vault/vault.ts";
import { crashStore, fill } from "../support/crash/crash-store.ts";
import { live, PASSPHRASE, post, setUpNode, timeline } from "../support/crash/node.ts";
import { cyclesOf, moment, report } from "../support/crash/report.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tssop-crash-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

test("killed while the passphrase changes: the old or the new one opens everything, never both, never neither", async () => {
  const node = await setUpNode(folder, "Nora");
  const cycles = cyclesOf(30);
  const opens = (passphrase: string) =>
    openVault({ folder: node.folder, passphrase }).then(
      () => true,
      () => false,
    );
  let [now, next] = [PASSPHRASE, "saddle river amber north"];
  let acknowledged = 0;
  let lost = 0;
  let between = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    const life = await live(node);
    if (cycle === 0) await post(life, "behind every passphrase.");
    let killed = false;
    const changing = (async () => {
      for (;;) {
        await askNode(node.folder, "passphrase", now, next);
        [now, next] = [next, now];
        acknowledged++;
      }
    })().catch((error: unknown) => {
      if (!killed) throw error;
    });
    // In turn at any moment, and while the new header lies beside the old one.
    await Promise.race([
      changing,
      cycle % 2 === 0 ? pause(100 + moment(cycle, 1_500)) : besideIn(node.folder),
    ]);
    killed = true;
    await life.kill();
    await changing;
    const [old, fresh] = [await opens(now), await opens(next)];
    if (old === fresh) lost++;
    if (fresh) {
      between++;
      [now, next] = [next, now];
    }
    writeFileSync(node.passphraseFile, `${now}\n`);
  }
  const life = await live(node);
  expect(await timeline(life)).toHaveLength(1);
  await life.stop();
  expect(readdirSync(node.folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  const note = `${between} times the new one was in force before it was said`;
  report({ what: "changing the passphrase", killed: true, cycles, acknowledged, lost, note });
  expect(lost).toBe(0);
});

/** Resolves when something new lies in the folder. */
async function besideIn(path: string): Promise<void> {
  for await (const { filename } of watch(path)) if (filename?.endsWith(".tmp") === true) return;
}

type Working = { child: ChildProcess; lines: string[] };

async function working(work: string, o: { key: string; from: number }): Promise<Working> {
  const args = ["test/support/crash/store-child.ts", work, join(folder, "data"), o.key, String(o.from)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  const reading = createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  await once(reading, "line");
  return { child, lines };
}

async function killed({ child, lines }: Working, milliseconds: number): Promise<string[]> {
  await pause(milliseconds);
  expect(child.exitCode, "it works until it is killed").toBeNull();
  child.kill("SIGKILL");
  await once(child, "close");
  return lines;
}

const POSTS = 2_000;

test("killed while tables are brought up to date: every post is there, before or after, and no half copy stays", async () => {
  const key = randomBytes(32).toString("hex");
  const data = join(folder, "data");
  const cycles = cyclesOf(25);
  {
    await using store = await crashStore({ folder: data, key, scripts: 0 });
    await fill(store, POSTS);
  }
  let scripts = 0;
  let halves = 0;
  let lost = 0;
  for (let cycle = 0; cycle < cycles; cycle++) {
    const lines = await killed(await working("migrate", { key, from: scripts + 1 }), moment(cycle, 900));
    halves += readdirSync(data).filter((name) => name.endsWith(".part")).length;
    const said = lines.filter((line) => line.startsWith("migrated ")).map((line) => Number(line.slice(9)));
    // One more than was said may stand already; that it opens shows that nothing between the two does.
    scripts = Math.max(scripts, ...said) + 1;
    await using store = await crashStore({ folder: data, key, scripts });
    if ((await store.read.post.count()) !== POSTS) lost++;
    const writes = store.changes.head();
    await fill(store, 1);
    expect(store.changes.head(), "the feed hears of it").toBeGreaterThan(writes);
    const newest = await store.read.post.findFirst({ orderBy: { sortKey: "desc" } });
    await store.transact((tx) => tx.post.delete({ where: { id: newest?.id ?? "" } }));
    expect(readdirSync(data).filter((name) => name.endsWith(".part"))).toEqual([]);
  }
  const note = `${halves} times a copy was half made; it was gone after the next start`;
  report({ what: "migrating", killed: true, cycles, acknowledged: scripts, lost, note });
  expect(lost).toBe(0);
});

test("killed while what was deleted is purged: what was deleted stays so, and the rest is there", async () => {
  const key = randomBytes(32).toString("hex");
  const data = join(folder, "data");
  const cycles = cyclesOf(25);
  const kept = new Set<string>();
  const gone = new Set<string>();
  const missing = new Set<string>();
  for (let cycle = 0; cycle < cycles; cycle++) {
    const lines = await killed(await working("purge", { key, from: 0 }), 50 + moment(cycle, 400));
    const [said, since] = [new Set<string>(), new Set<string>()];
    for (const line of lines) {
      const [what = "", id = ""] = line.split(" ");
      if (what === "kept") said.add(id);
      if (what === "gone") since.add(id);
    }
    // The one before the last may have been deleted without a word.
    const open = [...said].filter((id) => !since.has(id)).slice(0, -1);
    await using store = await crashStore({ folder: data, key, scripts: 0 });
    for (const id of said) if (!since.has(id) && !open.includes(id)) kept.add(id);
    for (const id of since) gone.add(id);
    const there = new Set((await store.read.post.findMany({ select: { id: true } })).map(({ id }) => id));
    for (const id of kept) if (!there.has(id)) missing.add(id);
    for (const id of gone) if (there.has(id)) missing.add(id);
    await store.purge();
    expect(statSync(join(data, "tssop.db-wal")).size).toBe(0);
  }
  const note = `${gone.size} of them deletions`;
  report({
    what: "purging",
    killed: true,
    cycles,
    acknowledged: kept.size + gone.size,
    lost: missing.size,
    note,
  });
  expect([...missing]).toEqual([]);
});
