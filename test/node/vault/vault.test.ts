import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemRandom } from "../../../src/lib/ids.ts";
import { createUnlockGate } from "../../../src/vault/gate.ts";
import { KDF_FLOOR } from "../../../src/vault/header.ts";
import { passphraseStrength, proposePassphrase } from "../../../src/vault/passphrase.ts";
import { changePassphrase, createVault, openVault } from "../../../src/vault/vault.ts";

const FIRST = "maple orbit lantern quiet";
const SECOND = "saddle river amber north";
let folder: string;
let header: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tssop-vault-"));
  header = join(folder, "vault.json");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function create(passphrase = FIRST) {
  const made = await createVault({ passphrase, cost: KDF_FLOOR });
  made.keep(folder);
  return made;
}
const open = (passphrase: string) => openVault({ folder, passphrase });
const change = (before: string, after: string) => changePassphrase({ folder, before, after });

test("C1: the passphrase opens what it closed, and another does not", async () => {
  const made = await create();
  const opened = await open(FIRST);
  expect(opened.key("database").equals(made.key("database"))).toBe(true);
  expect(opened.key("database").equals(opened.key("media"))).toBe(false);
  await expect(open("maple orbit lantern quite")).rejects.toMatchObject({
    code: "wrong-passphrase",
  });
});

test("spaces and hyphens count the same, composed and decomposed letters too", async () => {
  await create("Grüße aus der Küche");
  await open("  Grüße-aus der  Küche ".normalize("NFD"));
});

test("nothing in the header is personal", async () => {
  await create();
  expect(Object.keys(JSON.parse(readFileSync(header, "utf8")))).toEqual(["version", "device", "slots"]);
});

type Slot = { kdf: Record<string, unknown>; wrapped: string };
async function altered(change: (slot: Slot) => void): Promise<unknown> {
  await create();
  const value = JSON.parse(readFileSync(header, "utf8"));
  change(value.slots[0]);
  const text = JSON.stringify(value);
  writeFileSync(header, text);
  const began = performance.now();
  const error = await open(FIRST).catch((thrown: unknown) => thrown);
  expect(readFileSync(header, "utf8"), "the file stays as it is").toBe(text);
  return { error, took: performance.now() - began };
}

test("C2: parameters that are too weak, too costly or odd are refused before anything is run", async () => {
  const changes: ((slot: Slot) => void)[] = [
    (slot) => Object.assign(slot.kdf, { memory: 8 }),
    (slot) => Object.assign(slot.kdf, { memory: 2 ** 30 }),
    (slot) => Object.assign(slot.kdf, { passes: 1e9 }),
    (slot) => Object.assign(slot.kdf, { lanes: 0.5 }),
    (slot) => Object.assign(slot.kdf, { salt: "" }),
    (slot) => Object.assign(slot.kdf, { name: "md5" }),
  ];
  for (const change of changes) {
    rmSync(header, { force: true });
    expect(await altered(change)).toMatchObject({ error: { code: "vault-damaged" } });
  }
});

test("C2: changed parameters within bounds do not open either: they are bound to what they wrap", async () => {
  expect(await altered((slot) => Object.assign(slot.kdf, { passes: 4 }))).toMatchObject({
    error: { code: "wrong-passphrase" },
  });
});

test("a header that is torn or empty is said to be damaged, and left alone", async () => {
  await create();
  const whole = readFileSync(header, "utf8");
  for (const text of ["", "{", whole.slice(0, whole.length / 2), "[]", '{"version":"1"}']) {
    writeFileSync(header, text);
    await expect(open(FIRST)).rejects.toMatchObject({ code: "vault-damaged" });
    expect(readFileSync(header, "utf8")).toBe(text);
  }
});

test("a header that is no small file is said to be damaged, and never read", async () => {
  for (const harm of [
    () => symlinkSync("/dev/zero", header),
    () => mkdirSync(header),
    () => writeFileSync(header, "x".repeat(100_000)),
  ]) {
    harm();
    await expect(open(FIRST)).rejects.toMatchObject({ code: "vault-damaged" });
    rmSync(header, { recursive: true });
  }
});

test("C1: a changed passphrase opens the same keys, and the old one nothing", async () => {
  const before = (await create()).key("media");
  await change(FIRST, SECOND);
  expect((await open(SECOND)).key("media").equals(before)).toBe(true);
  await expect(open(FIRST)).rejects.toMatchObject({ code: "wrong-passphrase" });
  await expect(change(FIRST, "x y z")).rejects.toMatchObject({ code: "wrong-passphrase" });
});

test("C4: killed while changing the passphrase, the old or the new one works, never neither", async () => {
  await create();
  const module = resolve("src/vault/vault.ts");
  let [now, other] = [FIRST, SECOND];
  for (let cycle = 0; cycle < 8; cycle += 1) {
    const code = `const { changePassphrase } = await import(${JSON.stringify(module)});
      let [a, b] = ${JSON.stringify([now, other])};
      process.stdout.write("go");
      for (;;) { await changePassphrase({ folder: ${JSON.stringify(folder)}, before: a, after: b }); [a, b] = [b, a]; }`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    await new Promise((done) => setTimeout(done, 150 + cycle * 60));
    child.kill("SIGKILL");
    await once(child, "exit");
    const works = await open(now).then(
      () => true,
      () => false,
    );
    if (!works) [now, other] = [other, now];
    await open(now);
  }
  expect(readdirSync(folder)).toEqual(["vault.json"]);
});

test("C10: after three misses each try waits longer, and never for ever", () => {
  let elapsed = 1_000;
  const gate = createUnlockGate(() => elapsed);
  const waits: number[] = [];
  for (let miss = 0; miss < 30; miss += 1) {
    gate.failed();
    waits.push(gate.wait());
    elapsed += gate.wait();
    expect(gate.wait()).toBe(0);
  }
  expect(waits.slice(0, 5)).toEqual([0, 0, 2_000, 4_000, 8_000]);
  expect(Math.max(...waits)).toBe(5 * 60_000);
  gate.failed();
  gate.succeeded();
  expect(gate.wait()).toBe(0);
});

test("a proposed passphrase is strong, and no two are alike", () => {
  const proposed = Array.from({ length: 200 }, () => proposePassphrase(systemRandom));
  expect(new Set(proposed).size).toBe(200);
  for (const one of proposed) expect(passphraseStrength(one).score).toBeGreaterThanOrEqual(3);
});

test("what is guessed at once is called weak", () => {
  for (const weak of [
    "",
    "1234",
    "password",
    "nora1987",
    "aaaaaaaaaaaaaaaa",
    "hello hello hello",
    "password1!",
  ]) {
    expect(passphraseStrength(weak).score, weak).toBeLessThan(2);
  }
});
