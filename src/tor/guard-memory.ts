/**
 * Tor's `state` file names the entry guards: losing it at every start would rotate them, which is bad for anonymity,
 * and lying open it would tell which relays this device uses. So it lies sealed, and open only while Tor runs.
 * Form of `state.sealed`: 1 byte version (1), 12 bytes nonce, 16 bytes tag, AES-256-GCM ciphertext; the label is bound in.
 */
import { createCipheriv, createDecipheriv } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Random } from "../lib/ids.ts";
import type { Log } from "../lib/log.ts";

const VERSION = 1;
const LABEL = Buffer.from("tssop/tor-state/1");

export function sealState(key: Buffer, plain: Buffer, random: Random): Buffer {
  const nonce = random(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(LABEL);
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), sealed]);
}

/** null: not sealed with this key, or damaged. */
export function openState(key: Buffer, sealed: Buffer): Buffer | null {
  if (sealed.length < 29 || sealed[0] !== VERSION) return null;
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 13), { authTagLength: 16 });
    decipher.setAAD(LABEL).setAuthTag(sealed.subarray(13, 29));
    return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]);
  } catch {
    return null;
  }
}

export type GuardMemory = {
  /** Before Tor starts. */
  restore(): Promise<void>;
  /** Seals what Tor has written since; called now and then while it runs. */
  keep(): Promise<void>;
  /** After Tor ended: sealed, and the plain file is gone. */
  putAway(): Promise<void>;
};

export function createGuardMemory(o: { folder: string; key: Buffer; random: Random; log: Log }): GuardMemory {
  const plainFile = join(o.folder, "state");
  const sealedFile = join(o.folder, "state.sealed");
  let keptTime = 0;

  const keep = async (): Promise<void> => {
    const changed = await timeOf(plainFile);
    if (changed === null || changed === keptTime) return;
    const fresh = `${sealedFile}.new`;
    await writeFile(fresh, sealState(o.key, await readFile(plainFile), o.random), { mode: 0o600 });
    await rename(fresh, sealedFile);
    keptTime = changed;
  };

  const restore = async (): Promise<void> => {
    const left = await timeOf(plainFile);
    const sealedAt = await timeOf(sealedFile);
    // A plain file that is newer was left by a crash: it is the truth, and is sealed at once.
    if (left !== null && (sealedAt === null || left >= sealedAt)) return await keep();
    if (sealedAt === null) return;
    const plain = openState(o.key, await readFile(sealedFile));
    if (plain === null) {
      o.log.warn("Tor's sealed state could not be opened; Tor chooses new guards");
      await rm(plainFile, { force: true });
      return;
    }
    await writeFile(plainFile, plain, { mode: 0o600 });
  };

  const putAway = async (): Promise<void> => {
    await keep();
    await rm(plainFile, { force: true });
    await rm(`${plainFile}.tmp`, { force: true });
    keptTime = 0;
  };
  return { restore, keep, putAway };
}

async function timeOf(file: string): Promise<number | null> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return null;
  }
}
