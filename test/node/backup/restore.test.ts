import { randomBytes } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { packTar, unpackTar } from "modern-tar";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { endRestores, unpackBackup } from "../../../src/backup/restore.ts";
import { askNode } from "../../../src/control.ts";
import { restore } from "../../../src/device.ts";
import { startNode } from "../../../src/node.ts";
import { setting } from "../../../src/social/settings/settings.ts";
import {
  backupOf,
  createDevices,
  type Devices,
  furnished,
  leftIn,
  OTHER_PASSPHRASE,
  PASSPHRASE,
  storeOf,
} from "../../support/devices.ts";

let devices: Devices;
beforeEach(() => {
  devices = createDevices();
});
afterEach(() => devices[Symbol.dispose]());

describe("a device that is not set up", () => {
  let backup: Buffer;
  beforeEach(async () => {
    await using old = await devices.at("old");
    await furnished(old.device);
    backup = await backupOf(old.device);
  });
  const tried = async (bytes: Buffer, passphrase = PASSPHRASE) => {
    await using other = await devices.at("new");
    const refused = await other.device.restore(Readable.from([bytes]), passphrase).then(
      () => "taken",
      (error: { code: string }) => error.code,
    );
    return { refused, phase: other.device.phase, left: leftIn(other.folder) };
  };

  test("C11: takes no backup that was cut off, wherever that was, and stays as it is", async () => {
    const cuts = [1, 511, 512, 1_500, 40_000, 200_000, backup.byteLength - 1_200, backup.byteLength - 1_024];
    for (const at of cuts) {
      const { refused, phase, left } = await tried(backup.subarray(0, at));
      expect([refused, phase, left], `${at}`).toEqual([
        at < 1_500 ? "not-a-backup" : "backup-damaged",
        "fresh",
        [],
      ]);
    }
  });

  test("C11: takes nothing that is no backup: other files, other names, other kinds of entries", async () => {
    const entries = await unpackTar(backup);
    const [header, ...rest] = entries;
    if (header === undefined) throw new Error("empty");
    const withName = (name: string) => [header, { header: { name, size: 2 }, body: "hi" }, ...rest];
    const link = {
      header: { name: "data/tssop.db", size: 0, type: "symlink" as const, linkname: "/etc/passwd" },
    };
    const odd: [string, Buffer][] = [
      ["not-a-backup", Buffer.alloc(0)],
      ["not-a-backup", Buffer.alloc(4_096)],
      ["not-a-backup", randomBytes(100_000)],
      ["not-a-backup", Buffer.from(await packTar(rest))],
      ["not-a-backup", Buffer.from(await packTar([{ header: { name: "vault.json", size: 2 }, body: "{}" }]))],
      ["backup-damaged", Buffer.from(await packTar([header]))],
      ["backup-damaged", Buffer.from(await packTar([header, link]))],
      ["backup-damaged", Buffer.from(await packTar([...entries, ...rest]))],
    ];
    for (const name of [
      "../data/tssop.db",
      "/tmp/tssop.db",
      "data/../vault.json",
      "data/media/ab/../x",
      "vault.json",
    ])
      odd.push(["backup-damaged", Buffer.from(await packTar(withName(name)))]);
    for (const [code, bytes] of odd)
      expect(await tried(bytes), `${bytes.byteLength}`).toEqual({ refused: code, phase: "fresh", left: [] });
  });

  test("takes what a newer program made for what it is", async () => {
    const [header, ...rest] = await unpackTar(backup);
    if (header?.data === undefined) throw new Error("empty");
    const newer = JSON.stringify({ ...JSON.parse(Buffer.from(header.data).toString()), version: 2 });
    const bytes = await packTar([
      { header: { name: "vault.json", size: newer.length }, body: newer },
      ...rest,
    ]);
    expect((await tried(Buffer.from(bytes))).refused).toBe("database-newer");
  });

  test("keeps beside what an unfinished set-up left, and one that is set up takes none", async () => {
    await using other = await devices.at("new");
    await mkdir(join(other.folder, "data"));
    await writeFile(join(other.folder, "data", "tssop.db"), "left over");
    await other.device.restore(Readable.from([backup]), PASSPHRASE);
    expect(leftIn(other.folder).filter((name) => name.startsWith("data.before-"))).toHaveLength(1);
    await expect(other.device.restore(Readable.from([backup]), PASSPHRASE)).rejects.toMatchObject({
      code: "vault-exists",
    });
    expect(other.device.phase).toBe("open");
  });

  test("an upload that breaks off leaves it as it was", async () => {
    await using other = await devices.at("new");
    async function* broken() {
      yield backup.subarray(0, 100_000);
      throw new Error("the cable");
    }
    await expect(other.device.restore(Readable.from(broken()), PASSPHRASE)).rejects.toThrow();
    expect([other.device.phase, leftIn(other.folder)]).toEqual(["fresh", []]);
  });

  test("C11: is told of a wrong passphrase, and of an altered database, before anything is kept", async () => {
    expect(await tried(backup, OTHER_PASSPHRASE)).toEqual({
      refused: "wrong-passphrase",
      phase: "fresh",
      left: [],
    });
    const altered = Buffer.from(backup);
    const { size = 0 } = (await unpackTar(backup)).at(-1)?.header ?? {};
    // In the second page, which is read in any case: the database stands before two blocks of zeros.
    const at = altered.byteLength - 1_024 - Math.ceil(size / 512) * 512 + 4_096 + 100;
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
    expect(await tried(altered)).toEqual({ refused: "backup-damaged", phase: "fresh", left: [] });
  });

  test("C11: does not take one that comes twice over, and lets itself be stopped while one comes", async () => {
    const [header, media, ...rest] = await unpackTar(backup);
    if (header === undefined || media === undefined) throw new Error("empty");
    const twice = Buffer.from(await packTar([header, media, media, ...rest]));
    expect((await tried(twice)).refused).toBe("backup-damaged");
    await using other = await devices.at("new");
    const slow = new Readable({ read() {} });
    slow.push(backup.subarray(0, 100_000));
    const restoring = other.device.restore(slow, PASSPHRASE);
    const refused = expect(restoring).rejects.toThrow();
    await other.device.seal();
    await refused;
    expect([other.device.phase, leftIn(other.folder)]).toEqual(["fresh", []]);
  });

  test("ends what the program's end cut off between its last two steps, and forgets any other", async () => {
    const folder = join(devices.folder, "new");
    await mkdir(folder);
    const bytes = () => Readable.from([backup]);
    const found = await unpackBackup({ folder, bytes: bytes(), passphrase: PASSPHRASE });
    const [own = ""] = leftIn(folder);
    await rename(join(folder, own, "whole", "data"), join(folder, "data"));
    endRestores(folder);
    expect(leftIn(folder)).toEqual(["data", "vault.json"]);
    await found[Symbol.asyncDispose]();
    await using other = await devices.at("new");
    await other.device.unlock(PASSPHRASE);
    expect(await setting(storeOf(other.device).read, "note", "")).toBe("the kingfisher sleeps");

    const third = join(devices.folder, "third");
    await mkdir(third);
    await unpackBackup({ folder: third, bytes: bytes(), passphrase: PASSPHRASE });
    endRestores(third);
    expect(leftIn(third), "it can be asked for again").toEqual([]);
  });
});

test("the command line asks the running node for it: a new file, whole or not at all", async () => {
  const options = devices.optionsFor("old");
  const at = options.config.folder;
  await using node = await startNode(options);
  const asks = (file: string, passphrase = PASSPHRASE) =>
    askNode(at, "backup", join(devices.folder, file), passphrase);
  await expect(asks("nora.tssop-backup")).rejects.toMatchObject({ code: "sealed" });
  {
    await using furniture = await devices.at("furniture");
    await furnished(furniture.device);
    await writeFile(join(devices.folder, "first"), await backupOf(furniture.device));
  }
  await node[Symbol.asyncDispose]();
  const bytes = createReadStream(join(devices.folder, "first"));
  await restore(options, { bytes, passphrase: PASSPHRASE });
  await using again = await startNode(options);
  await again.unlock(PASSPHRASE);
  await expect(asks("nora.tssop-backup", OTHER_PASSPHRASE)).rejects.toMatchObject({
    code: "wrong-passphrase",
  });
  await expect(asks("no/such/folder")).rejects.toMatchObject({ code: "file-not-written" });
  await writeFile(join(devices.folder, "nora.tssop-backup.part"), "of another one");
  await expect(asks("nora.tssop-backup")).rejects.toMatchObject({
    code: "file-exists",
    safe: expect.stringContaining("nora.tssop-backup.part is there"),
  });
  await rm(join(devices.folder, "nora.tssop-backup.part"));
  const made = (await asks("nora.tssop-backup")) as { bytes: number };
  expect(statSync(join(devices.folder, "nora.tssop-backup"))).toMatchObject({
    size: made.bytes,
    mode: 0o100600,
  });
  await expect(asks("nora.tssop-backup")).rejects.toMatchObject({ code: "file-exists" });
  expect(leftIn(devices.folder)).toEqual(["first", "furniture", "nora.tssop-backup", "old"]);
});
