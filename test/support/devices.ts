import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { readConfig } from "../../src/config.ts";
import { Device, type DeviceOptions } from "../../src/device.ts";
import { createLog } from "../../src/lib/log.ts";
import { saveMediaRow } from "../../src/social/media/media.ts";
import { changeSetting } from "../../src/social/settings/settings.ts";
import type { Store } from "../../src/store/store.ts";

export const PASSPHRASE = "maple orbit lantern quiet";
export const OTHER_PASSPHRASE = "saddle river amber north";
const NORA = { name: "Nora", passphrase: PASSPHRASE, language: "en" as const };

export type DeviceAt = AsyncDisposable & { device: Device; folder: string };

/** Whole devices without Tor, each in a folder of its own below `folder`. */
export type Devices = Disposable & {
  readonly folder: string;
  optionsFor(name: string): DeviceOptions;
  /** Sealed when disposed. */
  at(name: string): Promise<DeviceAt>;
};

export function createDevices(): Devices {
  const folder = mkdtempSync(join(tmpdir(), "tssop-devices-"));
  const optionsFor = (name: string): DeviceOptions => {
    const environment = { TSSOP_QUICK_VAULT: "1", TSSOP_TOR: join(folder, "no-tor") };
    const config = readConfig(["--data", join(folder, name), "--no-open"], environment);
    return { config, now: Date.now, log: createLog(() => {}, "silent"), version: "0", tell: () => {} };
  };
  return {
    folder,
    optionsFor,
    async at(name) {
      const options = optionsFor(name);
      await mkdir(options.config.folder, { recursive: true });
      const device = new Device(options);
      return { device, folder: options.config.folder, [Symbol.asyncDispose]: () => device.seal() };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function storeOf({ serving }: Device): Store {
  if (serving === null) throw new Error("not open");
  return serving.store;
}

/** Sets it up, with words that can be looked for and a picture of several chunks. */
export async function furnished(device: Device): Promise<{ mediaId: string; bytes: Buffer }> {
  await device.setUp(NORA);
  const store = storeOf(device);
  const bytes = randomBytes(300_000);
  const mediaId = await store.media.put(bytes);
  await store.transact(async (tx) => {
    await saveMediaRow(
      tx,
      { id: mediaId, type: "image/jpeg", bytes: bytes.byteLength },
      "picture",
      Date.now(),
    );
    await changeSetting(tx, "note", "the kingfisher sleeps");
  });
  return { mediaId, bytes };
}

export const stays = new AbortController().signal;

export async function backupOf(device: Device): Promise<Buffer> {
  let whole = Buffer.alloc(0);
  await device.backup(
    PASSPHRASE,
    async ({ bytes, stream }) => {
      whole = await buffer(stream);
      if (whole.byteLength !== bytes) throw new Error(`${whole.byteLength} bytes, ${bytes} were said`);
    },
    stays,
  );
  return whole;
}

export const leftIn = (at: string): string[] => readdirSync(at).sort();
