import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readConfig, settlePort } from "../../src/config.ts";
import { type DeviceOptions, type NodeEvent, setUp } from "../../src/device.ts";
import { createLog } from "../../src/lib/log.ts";
import { startNode } from "../../src/node.ts";
import { lockFolder } from "../../src/store/folder-lock.ts";

const PASSPHRASE = "maple orbit lantern quiet";
const NORA = { name: "Nora", passphrase: PASSPHRASE, language: "en" as const };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tssop-start-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function options(events: NodeEvent[] = []): DeviceOptions {
  const config = readConfig(["--data", folder, "--no-open"], {
    TSSOP_QUICK_VAULT: "1",
    TSSOP_TOR: join(folder, "no-tor"),
  });
  return {
    config,
    now: Date.now,
    log: createLog(() => {}, "silent"),
    version: "0",
    tell: (event) => events.push(event),
  };
}

const keptPort = () => JSON.parse(readFileSync(join(folder, "config.json"), "utf8")).port;

test("a second start on the same folder is told so, and changes nothing of the first", async () => {
  await using node = await startNode(options());
  const port = keptPort();
  const second = options();
  second.config.port = port + 1;
  await expect(startNode(second)).rejects.toMatchObject({ code: "folder-in-use" });
  expect(keptPort()).toBe(port);
  expect(existsSync(join(folder, "run", "ctl.sock"))).toBe(true);
  expect((await fetch(`${node.owner}/start`)).status).toBe(200);
});

test("a drawn port is never one that the system gives to outgoing connections", () => {
  for (const drawn of [0, 0.5, 0.999_999]) {
    rmSync(join(folder, "config.json"), { force: true });
    const port = settlePort({ folder, port: null }, () => drawn);
    expect(port).toBeGreaterThanOrEqual(20_000);
    expect(port).toBeLessThan(32_768);
    expect(
      settlePort({ folder, port: null }, () => 0.1),
      "it is kept",
    ).toBe(port);
  }
});

test("an ended node leaves the folder to the next one", async () => {
  await (await startNode(options()))[Symbol.asyncDispose]();
  await using again = await startNode(options());
  expect((await fetch(`${again.owner}/start`)).status).toBe(200);
});

test("a set-up that was cut off can be begun again, and what it left is kept beside", async () => {
  {
    using _ = lockFolder(folder);
    // As a kill after the identity, before the header.
    await setUp(options(), NORA);
    rmSync(join(folder, "vault.json"));
    await setUp(options(), NORA);
  }
  expect(readdirSync(folder).filter((name) => /^data\.before-\d+$/.test(name))).toHaveLength(1);
  const events: NodeEvent[] = [];
  await using node = await startNode(options(events));
  await node.unlock(PASSPHRASE);
  expect(events).toContainEqual({ event: "phase", phase: "open" });
});

test("a set-up that fails leaves no header", async () => {
  using _ = lockFolder(folder);
  await expect(setUp(options(), { ...NORA, handle: "no such handle!" })).rejects.toMatchObject({
    code: expect.any(String),
  });
  expect(existsSync(join(folder, "vault.json"))).toBe(false);
  await setUp(options(), NORA);
  expect(existsSync(join(folder, "vault.json"))).toBe(true);
});

test.each([
  ["gone", () => rmSync(join(folder, "data"), { recursive: true })],
  ["empty", () => truncateSync(join(folder, "data", "tssop.db"))],
])("posts that are %s are missed in words, and none are made in their place", async (_what, harm) => {
  await setUp(options(), NORA);
  harm();
  const before = readdirSync(folder, { recursive: true }).toSorted();
  await using node = await startNode(options());
  await expect(node.unlock(PASSPHRASE)).rejects.toMatchObject({ code: "database-missing" });
  const after = readdirSync(folder, { recursive: true }).toSorted();
  expect(after.filter((name) => String(name).startsWith("data"))).toEqual(
    before.filter((name) => String(name).startsWith("data")),
  );
  if (existsSync(join(folder, "data")))
    expect(readFileSync(join(folder, "data", "tssop.db"))).toHaveLength(0);
});

test("a folder that cannot be written to is said to be so", async () => {
  writeFileSync(join(folder, "a-file"), "");
  const config = { ...options().config, folder: join(folder, "a-file", "inside") };
  await expect(startNode({ ...options(), config })).rejects.toMatchObject({ code: "folder-readonly" });
});
