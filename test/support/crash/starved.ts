/**
 * A node on a small disk of its own that fills up, and then may not be written any more. Runs where it may mount (see
 * test/crash/told.test.ts); prints what was said, as JSON. Given: the folder that is the disk.
 */
import { execFileSync } from "node:child_process";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { askNode } from "../../../src/control.ts";
import { type CrashNode, type Life, live, PASSPHRASE, post, setUpNode, timeline, tssop } from "./node.ts";

/** What was tried, and every word that came of it. */
export type Said = { what: string; words: string };
export type Starved = { said: Said[]; acknowledged: number; missing: string[] };

const OTHER = "saddle river amber north";
const [disk = ""] = process.argv.slice(2);
const ballast = join(disk, "ballast");
const said: Said[] = [];
const taken: string[] = [];

function fill(): void {
  const file = openSync(ballast, "a");
  for (let bytes = 64 * 1024; bytes >= 1; ) {
    try {
      writeSync(file, Buffer.alloc(bytes, 1));
    } catch {
      bytes = Math.floor(bytes / 2);
    }
  }
  closeSync(file);
}

async function noted(what: string, work: () => Promise<unknown>): Promise<void> {
  const words = await work().then(
    () => "",
    (error: unknown) =>
      error instanceof Error ? `${"safe" in error ? error.safe : error.message}` : String(error),
  );
  said.push({ what, words });
}

/** Posts until one is refused. */
async function postUntilFull(life: Life): Promise<void> {
  for (let n = 0; ; n++) {
    const text = `filling ${taken.length} number ${n}.`;
    await post(life, `${text} ${"and more of it ".repeat(100)}`);
    taken.push(text);
  }
}

/** The node tidies up by itself now and then, and makes room for something as small as the header. */
async function changeUntilFull(node: CrashNode): Promise<void> {
  for (;;) {
    fill();
    await askNode(node.folder, "passphrase", PASSPHRASE, OTHER);
    rmSync(ballast);
    await askNode(node.folder, "passphrase", OTHER, PASSPHRASE);
  }
}

const starting = async (node: CrashNode) => {
  const life = await live(node);
  await life.stop();
};

async function full(node: CrashNode): Promise<void> {
  const life = await live(node);
  await post(life, "before it was full.");
  taken.push("before it was full.");
  fill();
  await noted("a post on a full disk", () => postUntilFull(life));
  await noted("a passphrase on a full disk", () => changeUntilFull(node));
  rmSync(ballast);
  await post(life, "once there is room again.");
  taken.push("once there is room again.");
  fill();
  await noted("a post on a disk that is full again", () => postUntilFull(life));
  await life.kill();
  fill();
  await noted("a start on a full disk after a kill", () => starting(node));
  const given = [
    "init",
    "--name",
    "Zoe",
    "--data",
    join(disk, "zoe"),
    "--passphrase-file",
    node.passphraseFile,
  ];
  said.push({ what: "a set-up on a full disk", words: (await tssop(given)).printed });
  rmSync(ballast);
  said.push({ what: "the same set-up once there is room", words: (await tssop(given)).printed });
}

async function readOnly(node: CrashNode): Promise<void> {
  execFileSync("mount", ["-o", "remount,ro", disk]);
  await noted("a start where nothing may be written", () => starting(node));
  const given = [
    "init",
    "--name",
    "Yan",
    "--data",
    join(disk, "yan"),
    "--passphrase-file",
    node.passphraseFile,
  ];
  said.push({ what: "a set-up where nothing may be written", words: (await tssop(given)).printed });
  execFileSync("mount", ["-o", "remount,rw", disk]);
}

const node = await setUpNode(disk, "Nora");
await full(node);
await starting(node);
await readOnly(node);
const life = await live(node);
const there = (await timeline(life)).map(({ content }) => content);
await life.stop();
const missing = taken.filter((text) => there.filter((content) => content.includes(text)).length !== 1);
process.stdout.write(JSON.stringify({ said, acknowledged: taken.length, missing } satisfies Starved));
