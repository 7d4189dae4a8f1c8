import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { NodeError } from "../lib/errors.ts";

/**
 * vault.json: slots, each of which wraps the same random master key. Nothing in it is personal.
 * The parameters of a slot are bound to what it wraps (as authenticated data), and bounded before anything is run:
 * whoever can write the file can neither make guessing cheaper nor make us spend a terabyte.
 */
export type Kdf = { name: "argon2id"; memory: number; passes: number; lanes: number; salt: string };
export type PassphraseSlot = { kind: "passphrase"; kdf: Kdf; wrapped: string };
export type Header = { version: 1; device: string; slots: PassphraseSlot[] };

/** memory in KiB (RFC 9106, floor of the second recommended option). */
export const KDF_FLOOR = { memory: 64 * 1024, passes: 3, lanes: 4 };
const KDF_CEILING = { memory: 1024 * 1024, passes: 16, lanes: 8 };

const NONCE = 12;
const TAG = 16;

const headerPath = (folder: string) => join(folder, "vault.json");

/** Throws "not-set-up" when there is none, "vault-damaged" when it cannot be used. The file is only read. */
export function readHeader(folder: string): Header {
  let text: string;
  try {
    text = readFileSync(headerPath(folder), "utf8");
  } catch (cause) {
    throw new NodeError("not-set-up", "no vault header", { cause });
  }
  try {
    return parseHeader(JSON.parse(text));
  } catch (cause) {
    throw new NodeError("vault-damaged", "the vault header does not parse", { cause });
  }
}

function parseHeader(value: unknown): Header {
  if (!isRecord(value) || value["version"] !== 1 || typeof value["device"] !== "string")
    throw new Error("shape");
  const slots: unknown = value["slots"];
  if (!Array.isArray(slots)) throw new Error("slots");
  const ours = slots
    .filter(isRecord)
    .filter((slot) => slot["kind"] === "passphrase")
    .map(parseSlot);
  if (ours.length === 0) throw new Error("no slot");
  return { version: 1, device: value["device"], slots: ours };
}

function parseSlot(slot: Record<string, unknown>): PassphraseSlot {
  const { kdf, wrapped } = slot;
  if (!isRecord(kdf) || typeof wrapped !== "string" || kdf["name"] !== "argon2id") throw new Error("slot");
  const salt = kdf["salt"];
  if (typeof salt !== "string" || Buffer.from(salt, "base64").byteLength < 16) throw new Error("salt");
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

/** Old or new, never neither: temporary file, fsync, rename, fsync of the folder. */
export function writeHeader(folder: string, header: Header): void {
  const temporary = `${headerPath(folder)}.${randomBytes(6).toString("hex")}.tmp`;
  const file = openSync(temporary, "wx", 0o600);
  try {
    writeSync(file, `${JSON.stringify(header, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, headerPath(folder));
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

export function wrapMaster(kek: Buffer, master: Buffer, kdf: Kdf, device: string): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", kek, nonce);
  cipher.setAAD(boundTo(kdf, device));
  return Buffer.concat([nonce, cipher.update(master), cipher.final(), cipher.getAuthTag()]).toString(
    "base64",
  );
}

/** null: the key is not the right one, or the slot was changed. */
export function unwrapMaster(kek: Buffer, slot: PassphraseSlot, device: string): Buffer | null {
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
