import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { askNode } from "../../src/control.ts";
import { errorSentences } from "../../src/lib/errors.ts";
import { createLog } from "../../src/lib/log.ts";
import { startNode } from "../../src/node.ts";
import { live, PASSPHRASE, post, setUpNode, timeline, tssop } from "../support/crash/node.ts";
import { report } from "../support/crash/report.ts";
import type { Starved } from "../support/crash/starved.ts";
import { createWorld } from "../support/crash/world.ts";
import { call } from "../support/person.ts";

const run = promisify(execFile);
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tssop-told-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const isolated = ["--user", "--map-root-user", "--mount"];

/** Whether this system lets a person mount a small disk of their own; else why not. */
async function mayMount(): Promise<string> {
  const disk = join(folder, "try");
  mkdirSync(disk);
  try {
    await run("unshare", [...isolated, "mount", "-t", "tmpfs", "tmpfs", disk]);
    return "";
  } catch (error) {
    return error instanceof Error ? (error.message.split("\n").at(1) ?? error.message) : String(error);
  }
}

test("a full disk and one that may not be written are told in words, and nothing that was taken is lost", async () => {
  const why = await mayMount();
  if (why !== "") {
    report({
      what: "full disk, read-only folder",
      killed: false,
      cycles: 0,
      acknowledged: 0,
      lost: 0,
      note: `left out: ${why}`,
    });
    return;
  }
  const disk = join(folder, "disk");
  mkdirSync(disk);
  const script =
    'mount -t tmpfs -o size=6m,mode=700 tmpfs "$1" && exec "$2" test/support/crash/starved.ts "$1"';
  const inside = ["sh", "-c", script, "sh", disk, process.execPath];
  const { stdout } = await run("unshare", [...isolated, ...inside], { maxBuffer: 1 << 24 });
  const starved: Starved = JSON.parse(stdout);
  const wordsOn = (what: string) => starved.said.filter((one) => one.what.includes(what));
  for (const { what, words } of starved.said) process.stdout.write(`${what}: ${words}\n`);
  report({
    what: "full disk, read-only folder",
    killed: false,
    cycles: starved.said.length,
    acknowledged: starved.acknowledged,
    lost: starved.missing.length,
    note: "each told in words",
  });
  expect(starved.missing).toEqual([]);
  for (const { what, words } of wordsOn("on a full disk").concat(wordsOn("on a disk that is full")))
    expect(words, what).toContain(errorSentences["disk-full"]);
  for (const { what, words } of wordsOn("nothing may be written"))
    expect(words, what).toContain(errorSentences["folder-readonly"]);
  expect(wordsOn("once there is room")[0]?.words).toContain("Set up.");
});

test("a second process on the same folder is told so, and the first one's end by a kill leaves it free", async () => {
  const node = await setUpNode(folder, "Nora");
  const first = await live(node);
  await post(first, "by the first.");
  const given = ["--json", "--no-open", "--data", node.folder, "--passphrase-file", node.passphraseFile];
  const second = await tssop(given);
  const init = await tssop([
    "init",
    "--name",
    "Zoe",
    "--data",
    node.folder,
    "--passphrase-file",
    node.passphraseFile,
  ]);
  for (const { code, printed } of [second, init]) {
    expect(code).toBe(1);
    expect(printed).toContain(errorSentences["folder-in-use"]);
  }
  await post(first, "still by the first.");
  await first.kill();
  const next = await live(node);
  const there = await timeline(next);
  await next.stop();
  const lost = 2 - there.length;
  report({
    what: "two processes on one folder",
    killed: false,
    cycles: 2,
    acknowledged: 2,
    lost,
    note: "told in words",
  });
  expect(lost).toBe(0);
});

const DAY = 24 * 60 * 60_000;

test("a clock that is set back and forth by days loses nothing, and repeats nothing", async () => {
  const { folder: data, passphraseFile } = await setUpNode(folder, "Nora");
  const jumps = [0, 3, -3, 30, -30, 400, 0].map((days) => days * DAY);
  let by = 0;
  const taken: string[] = [];
  const ids: string[] = [];
  const config = readConfig(["--data", data, "--no-open", "--passphrase-file", passphraseFile], {
    TSSOP_QUICK_VAULT: "1",
    TSSOP_TOR: "/nonexistent/tor",
  });
  const options = {
    config,
    now: () => Date.now() + by,
    log: createLog(() => {}, "silent"),
    version: "0",
    tell: () => {},
  };
  let token = "";
  let whole: { id: string; content: string }[] = [];
  // Once set while the node runs, once between two starts.
  for (const [at, jump] of jumps.entries()) {
    if (at % 2 === 0) by = jump;
    await using node = await startNode(options);
    await node.unlock(PASSPHRASE);
    by = jump;
    token ||= ((await askNode(data, "token", "read write")) as { token: string }).token;
    for (let n = 0; n < 3; n++) {
      const text = `jump ${at} number ${n}.`;
      const { id } = await call<{ id: string }>(node.owner, token, "POST", "/api/v1/statuses", {
        status: text,
      });
      taken.push(text);
      ids.push(id);
    }
    whole = await call(node.owner, token, "GET", "/api/v1/timelines/home?limit=40");
  }
  const lost = taken.filter((text) => whole.filter(({ content }) => content.includes(text)).length !== 1);
  report({
    what: "clock set by days",
    killed: false,
    cycles: jumps.length,
    acknowledged: taken.length,
    lost: lost.length,
    note: "",
  });
  expect(lost).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a wrong clock is told in words", async () => {
  await using world = await createWorld(folder, { clockWrong: true });
  const node = await setUpNode(folder, "Nora");
  const life = await live(node, { TSSOP_TOR: world.tor });
  const failed = await life.event("tor");
  await life.stop();
  expect(failed).toMatchObject({ state: "failed", failure: "clock-wrong" });
  report({
    what: "a clock that Tor calls wrong",
    killed: false,
    cycles: 1,
    acknowledged: 0,
    lost: 0,
    note: "told as clock-wrong",
  });
});
