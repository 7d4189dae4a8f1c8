import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { sayAgain } from "./say.mjs";

/** A holder writes its process id at once; one that died before that is waited for this long (milliseconds). */
const namelessAfter = 10_000;
const look = 100;

/**
 * Runs `work` while no other set-up of this checkout runs. The lock is a folder (making one is atomic everywhere)
 * with the holder's process id in it, so that a lock left behind by a dead process is seen as such.
 */
export async function alone(folder, work) {
  const lock = join(folder, "setup.lock");
  await mkdir(folder, { recursive: true });
  let nameless = 0;
  while (!(await taken(lock))) {
    const holder = await holderOf(lock);
    nameless = holder === null ? nameless + look : 0;
    if (holder === null ? nameless > namelessAfter : !isAlive(holder)) await removeDead(lock, holder);
    sayAgain("Another set-up is running here; waiting for it …");
    await pause(look);
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

/** Of several that see the same dead holder, one at a time looks again and removes: never a lock just taken. */
async function removeDead(lock, holder) {
  const turn = `${lock}.removing`;
  try {
    await mkdir(turn);
  } catch {
    const { mtimeMs } = await stat(turn).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > namelessAfter) await rm(turn, { recursive: true, force: true });
    return;
  }
  if ((await holderOf(lock)) === holder) await rm(lock, { recursive: true, force: true });
  await rm(turn, { recursive: true, force: true });
}

async function taken(lock) {
  try {
    await mkdir(lock);
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
  await writeFile(join(lock, "pid"), String(process.pid));
  return true;
}

async function holderOf(lock) {
  try {
    return Number(await readFile(join(lock, "pid"), "utf8")) || null;
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
