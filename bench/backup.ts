import { randomFillSync } from "node:crypto";
import { createReadStream } from "node:fs";
import { cp, mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { unpackBackup } from "../src/backup/restore.ts";
import { writeBackup } from "../src/backup/write.ts";
import { saveMediaRow } from "../src/social/media/media.ts";
import type { Store } from "../src/store/store.ts";
import { createDevices, furnished, PASSPHRASE, stays, storeOf } from "../test/support/devices.ts";
import { measured } from "./lib/measured.ts";
import { summary } from "./lib/numbers.ts";
import { needLinux } from "./lib/processes.ts";
import { atMost, type Bench, type Row } from "./lib/report.ts";

const MEGABYTE = 1024 * 1024;
const FILES = 32;
const FILE = 16 * MEGABYTE;
const ROWS = 100_000;
const ROW = 2_000;
const AT_ONCE = 2_000;
/** Megabytes on top, however much there is: trying the passphrase takes 64 of them for a moment (Argon2id). */
const FLAT = 100;
/** Milliseconds in which a page would wait. */
const PAUSE = 250;

function* plain(bytes: number): Generator<Buffer> {
  const piece = randomFillSync(Buffer.alloc(64 * 1024));
  for (let left = bytes; left > 0; left -= piece.byteLength) yield piece;
}

async function fill(store: Store): Promise<void> {
  for (let n = 0; n < FILES; n += 1) {
    const id = await store.media.put(asAsync(plain(FILE)));
    await store.transact((tx) => saveMediaRow(tx, { id, type: "image/jpeg", bytes: FILE }, "picture", n));
  }
  const value = randomFillSync(Buffer.alloc(ROW / 2)).toString("hex");
  for (let n = 0; n < ROWS; n += AT_ONCE) {
    const data = Array.from({ length: AT_ONCE }, (_, at) => ({ key: `filled.${n + at}`, value }));
    await store.transact((tx) => tx.setting.createMany({ data }));
  }
}

async function* asAsync(pieces: Iterable<Buffer>): AsyncGenerator<Buffer> {
  yield* pieces;
}

export const bench: Bench = {
  title: "A backup, and bringing it back",
  async run(say) {
    needLinux();
    using devices = createDevices();
    await using old = await devices.at("old");
    await furnished(old.device);
    await fill(storeOf(old.device));
    const file = join(devices.folder, "backup");
    const copy = join(devices.folder, "copy");
    const alone = await measured(() => cp(join(old.folder, "data"), copy, { recursive: true }));
    await rm(copy, { recursive: true });
    say("the folder is there");
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const made = await measured(() =>
      old.device.backup(PASSPHRASE, (backup) => writeBackup(backup, file), stays),
    );
    delay.disable();
    say("the backup is there");
    const back = await measured(async () => {
      const folder = join(devices.folder, "new");
      await mkdir(folder);
      await using found = await unpackBackup({
        folder,
        bytes: createReadStream(file),
        passphrase: PASSPHRASE,
      });
      await found.keep();
    });
    const size = Math.round((await stat(file)).size / MEGABYTE);
    const baseline = { what: "copying the folder", value: alone.seconds };
    const memory = (what: string, megabytes: number): Row => {
      const target = atMost(megabytes, FLAT, `under ${FLAT} MB, for any size`);
      return { ...summary([megabytes]), what, unit: "MB", target };
    };
    const pause = delay.max / 1e6;
    const waits = atMost(pause, PAUSE, `under ${PAUSE} ms`);
    const rows: Row[] = [
      { ...summary([made.seconds]), what: `${size} MB sealed anew into one file`, unit: "s", baseline },
      memory("memory on top", made.megabytes),
      { ...summary([pause]), what: "the longest that nothing else was answered", unit: "ms", target: waits },
      { ...summary([back.seconds]), what: `${size} MB brought back`, unit: "s", baseline },
      memory("memory on top, bringing it back", back.megabytes),
    ];
    const how = `${FILES} files of ${FILE / MEGABYTE} MB and a database of ${Math.round((ROWS * ROW) / 1e6)} MB. The passphrase is tried first, which takes 64 MB for a moment. Copying the folder: what the system does with the same files, without flushing them to the disk.`;
    return { how, rows };
  },
};
