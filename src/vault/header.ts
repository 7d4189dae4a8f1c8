import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { NodeError } from "../lib/errors.ts";

/**
 * vault.json: slots, each of which wraps the same random master key. Nothing in it is personal.
 * The parameters of a slot are bound to what it wraps (as authenticated data), and bounded before anything is run:
 * whoever can write the file can neither make guessing cheaper nor make us spend a terabyte.
 */
export type Kdf = { name: "argon2id"; memory: number; passes: number; lanes: number; salt: string };
export type PassphraseSlot = { kind: "passphrase"; kdf: Kdf; wrapped: string };
export type Header = {
  version: 1;
  device: string;
  slots: PassphraseSlot[];
  /** Slots of kinds this version does not know: kept as they are, so that a newer version finds them again. */
  others: Record<string, unknown>[];
};

/** memory in KiB (RFC 9106, floor of the second recommended option). */
export const KDF_FLOOR = { memory: 64 * 1024, passes: 3, lanes: 4 };
const KDF_CEILING = { memory: 1024 * 1024, passes: 16, lanes: 8 };

export const SALT = 16;
const NONCE = 12;
const TAG = 16;
export const HEADER_FILE = "vault.json";
/** Bytes of a whole header, and slots in it: each slot that is tried costs a second. */
export const MOST_BYTES = 64 * 1024;
const MOST_SLOTS = 4;

const headerPath = (folder: string) => join(folder, HEADER_FILE);

export function headerExists(folder: string): boolean {
  return existsSync(headerPath(folder));
}

/**
 * Throws "not-set-up" when there is none, "database-newer" for one of a later version, "vault-damaged" when it cannot
 * be used. The file is only read.
 */
export function readHeader(folder: string): Header {
  if (!headerExists(folder)) throw new NodeError("not-set-up", "no vault header");
  try {
    const found = statSync(headerPath(folder));
    if (!found.isFile() || found.size > MOST_BYTES) throw new Error("not a small file");
    return parseHeader(JSON.parse(readFileSync(headerPath(folder), "utf8")));
  } catch (cause) {
    if (cause instanceof NodeError) throw cause;
    throw new NodeError("vault-damaged", "the vault header does not parse", { cause });
  }
}

export function headerText({ version, device, slots, others }: Header): string {
  return `${JSON.stringify({ version, device, slots: [...slots, ...others] }, null, 2)}\n`;
}

function parseHeader(value: unknown): Header {
  if (!isRecord(value)) throw new Error("shape");
  const { version, device, slots } = value;
  if (typeof version === "number" && version > 1)
    throw new NodeError("database-newer", "a vault of a later version");
  if (version !== 1 || typeof device !== "string" || !/^[0-9a-f]{16}$/.test(device)) throw new Error("shape");
  if (!Array.isArray(slots) || slots.length > MOST_SLOTS || !slots.every(isRecord)) throw new Error("slots");
  const isOurs = (slot: Record<string, unknown>) => slot["kind"] === "passphrase";
  const ours = slots.filter(isOurs).map(parseSlot);
  if (ours.length === 0) throw new Error("no slot");
  return { version: 1, device, slots: ours, others: slots.filter((slot) => !isOurs(slot)) };
}

function parseSlot(slot: Record<string, unknown>): PassphraseSlot {
  const { kdf, wrapped } = slot;
  if (!isRecord(kdf) || typeof wrapped !== "string" || kdf["name"] !== "argon2id") throw new Error("slot");
  const salt = kdf["salt"];
  if (typeof salt !== "string" || Buffer.from(salt, "base64").byteLength !== SALT) throw new Error("salt");
  const bounded = (key: "memory" | "passes" | "lanes") => {
    const number = kdf[key];
    if (typeof number !== "number" || !Number.isInteger(number)) throw new Error(key);
    if (number < KDF_FLOOR[key] || number > KDF_CEILING[key]) throw new Error(`${key} out of bounds`);
    return number;
  };
  const parameters = { memory: bounded("memory"), passes: bounded("passes"), lanes: bounded("lanes") };
  return { kind: "passphrase", kdf: { name: "argon2id", ...parameters, salt }, wrapped };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Old or new, never neither: temporary file, fsync, rename, fsync of the folder. Throws "disk-full" or
 * "folder-readonly"; then the old one stands.
 */
export function writeHeader(folder: string, header: Header): void {
  const temporary = `${headerPath(folder)}.${randomBytes(6).toString("hex")}.tmp`;
  try {
    writeDurably(temporary, headerText(header));
    renameSync(temporary, headerPath(folder));
    syncFolder(folder);
  } catch (cause) {
    rmSync(temporary, { force: true });
    const full = cause instanceof Error && "code" in cause && cause.code === "ENOSPC";
    throw new NodeError(full ? "disk-full" : "folder-readonly", "the vault header cannot be written", {
      cause,
    });
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, "wx", 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Removes what a write that was cut off left behind. */
export function sweepTemporary(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (/^vault\.json\.[0-9a-f]+\.tmp$/.test(name)) rmSync(join(folder, name), { force: true });
  }
}

function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const directory = openSync(folder, "r");
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function boundTo(kdf: Kdf, device: string): Buffer {
  const { name, memory, passes, lanes, salt } = kdf;
  return Buffer.from(
    JSON.stringify(["tssop/v1/slot", "passphrase", device, name, memory, passes, lanes, salt]),
  );
}

type Wrapping = { kek: Buffer; master: Buffer; kdf: Kdf; device: string };

export function wrapMaster({ kek, master, kdf, device }: Wrapping): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", kek, nonce);
  cipher.setAAD(boundTo(kdf, device));
  return Buffer.concat([nonce, cipher.update(master), cipher.final(), cipher.getAuthTag()]).toString(
    "base64",
  );
}

/** null: the key is not the right one, or the slot was changed. */
export function unwrapMaster(o: { kek: Buffer; slot: PassphraseSlot; device: string }): Buffer | null {
  const { kek, slot, device } = o;
  const bytes = Buffer.from(slot.wrapped, "base64");
  if (bytes.byteLength !== NONCE + 32 + TAG) return null;
  const decipher = createDecipheriv("aes-256-gcm", kek, bytes.subarray(0, NONCE));
  decipher.setAAD(boundTo(slot.kdf, device));
  decipher.setAuthTag(bytes.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
  } catch {
    return null;
  }
}
