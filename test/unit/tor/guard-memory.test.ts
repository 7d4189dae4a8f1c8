import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLog } from "../../../src/lib/log.ts";
import { createGuardMemory, openState, sealState } from "../../../src/tor/guard-memory.ts";

const key = randomBytes(32);
const said: string[] = [];
const log = createLog((line) => said.push(line), "warn");
let folder: string;
const memory = (with_ = key) => createGuardMemory({ folder, key: with_, random: randomBytes, log });
const plain = () => join(folder, "state");

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "guard-memory-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("what was sealed opens with its key only, and not when it was changed", () => {
  const sealed = sealState(key, Buffer.from("Guard in=default"), randomBytes);
  expect(openState(key, sealed)?.toString()).toBe("Guard in=default");
  expect(openState(randomBytes(32), sealed)).toBeNull();
  sealed.writeUInt8(sealed.readUInt8(40) ^ 1, 40);
  expect(openState(key, sealed)).toBeNull();
  expect(openState(key, Buffer.alloc(3))).toBeNull();
});

test("the guards come back after a stop, and lie in no plain file meanwhile", async () => {
  const first = memory();
  await first.restore();
  await writeFile(plain(), "Guard in=default rsa_id=AB");
  await first.putAway();
  expect(await readdir(folder)).toEqual(["state.sealed"]);
  expect((await readFile(join(folder, "state.sealed"))).includes("Guard")).toBe(false);
  await memory().restore();
  expect(await readFile(plain(), "utf8")).toBe("Guard in=default rsa_id=AB");
});

test("after a crash the newer plain file counts", async () => {
  await writeFile(plain(), "old");
  await memory().putAway();
  await writeFile(plain(), "new");
  const after = memory();
  await after.restore();
  expect(await readFile(plain(), "utf8")).toBe("new");
  await after.putAway();
  await memory().restore();
  expect(await readFile(plain(), "utf8")).toBe("new");
});

test("a sealed state that cannot be opened is said, and Tor starts without it", async () => {
  await writeFile(plain(), "old");
  await memory().putAway();
  await memory(randomBytes(32)).restore();
  expect(await readdir(folder)).toEqual(["state.sealed"]);
  expect(said.join("")).toContain("could not be opened");
});
