import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
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
    const dead = holder === null ? nameless > namelessAfter : !isAlive(holder);
    if (dead) await putAside(lock, `${lock}.dead-${holder ?? "nameless"}`);
    else {
      sayAgain("Another set-up is running here; waiting for it …");
      await pause(look);
    }
  }
  try {
    return await work();
  } finally {
    await rm(lock, { recursive: true, force: true });
  }
}

/**
 * Renaming onto a folder that is not empty fails: of two that saw the same dead holder, the second cannot put aside
 * the lock that the first has just taken.
 */
async function putAside(lock, aside) {
  const moved = await rename(lock, aside).then(
    () => true,
    () => false,
  );
  if (moved) setTimeout(() => rm(aside, { recursive: true, force: true }), 1000).unref();
  else await pause(look);
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
