import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemRandom } from "../../src/lib/ids.ts";
import { createLog } from "../../src/lib/log.ts";
import { createIdentity } from "../../src/social/identity/create-identity.ts";
import { openStore } from "../../src/store/store.ts";

/** Of every store that tests open with a made owner; another in each process. */
export const keys = { database: randomBytes(32), media: randomBytes(32) };

const DATABASE = "tssop.db";

/** Making keys takes longer than all else in most tests, so each owner is made once in a process and copied. */
const made = new Map<string, Promise<Buffer>>();

/** Puts an encrypted database into the folder, to be opened with `keys`: tables, and an owner of this name in them. */
export async function putOwner(folder: string, name: string, at: number): Promise<void> {
  const database = made.get(name) ?? makeOwner(name, at);
  made.set(name, database);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, DATABASE), await database, { mode: 0o600 });
}

async function makeOwner(name: string, at: number): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "owner-"));
  try {
    const log = createLog(() => {}, "silent");
    const store = await openStore({ folder, keys, deviceId: "device", now: () => at, log });
    await store.transact((tx) => createIdentity(tx, { name, random: systemRandom }, at));
    await store.purge();
    await store[Symbol.asyncDispose]();
    return await readFile(join(folder, DATABASE));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
