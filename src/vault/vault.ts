import { argon2, hkdfSync, randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { promisify } from "node:util";
import type { Clock } from "../lib/clock.ts";
import { NodeError } from "../lib/errors.ts";
import {
  type Header,
  headerExists,
  KDF_FLOOR,
  type Kdf,
  type PassphraseSlot,
  readHeader,
  SALT,
  sweepTemporary,
  unwrapMaster,
  wrapMaster,
  writeHeader,
} from "./header.ts";
import { type KeyLabel, LABELS } from "./labels.ts";
import { normalised } from "./passphrase.ts";

/** The keys of this device, while it is open. `key` derives 32 bytes by HKDF-SHA256 (RFC 5869) for one purpose. */
export type OpenVault = {
  readonly deviceId: string;
  key(label: KeyLabel): Buffer;
};

const stretch = promisify(argon2);
const TARGET_MS = 1_000;
const MOST_PASSES = 16;

export function vaultExists(folder: string): boolean {
  return headerExists(folder);
}

/** Makes a vault and keeps it. Throws "vault-exists". */
export async function createVault(
  folder: string,
  passphrase: string,
  options: { now: Clock; calibrate?: boolean },
): Promise<OpenVault> {
  if (vaultExists(folder)) throw new NodeError("vault-exists", "a vault is there already");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const device = randomBytes(8).toString("hex");
  const master = randomBytes(32);
  const cost = options.calibrate === false ? KDF_FLOOR : await calibrated();
  const slot = await slotFor(passphrase, master, device, cost);
  // Somebody may have been quicker meanwhile; with their header gone, so would be what they stored.
  if (vaultExists(folder)) throw new NodeError("vault-exists", "a vault was made meanwhile");
  writeHeader(folder, { version: 1, device, slots: [slot], others: [] });
  return opened(master, device);
}

/** Throws "wrong-passphrase", "vault-damaged", "database-newer" or "not-set-up". */
export async function openVault(folder: string, passphrase: string): Promise<OpenVault> {
  sweepTemporary(folder);
  const header = readHeader(folder);
  return opened(await masterOf(header, passphrase), header.device);
}

/** Rewrites the header only; what it opens stays as it is. Either passphrase works at any moment, never neither. */
export async function changePassphrase(folder: string, before: string, after: string): Promise<void> {
  const header = readHeader(folder);
  const master = await masterOf(header, before);
  const [first] = header.slots;
  const slot = await slotFor(after, master, header.device, first?.kdf ?? KDF_FLOOR);
  writeHeader(folder, { ...header, slots: [slot] });
}

async function masterOf(header: Header, passphrase: string): Promise<Buffer> {
  for (const slot of header.slots) {
    const master = unwrapMaster(await kekOf(passphrase, slot.kdf), slot, header.device);
    if (master !== null) return master;
  }
  throw new NodeError("wrong-passphrase", "no slot opens");
}

type Cost = Pick<Kdf, "memory" | "passes" | "lanes">;

async function slotFor(
  passphrase: string,
  master: Buffer,
  device: string,
  cost: Cost,
): Promise<PassphraseSlot> {
  const { memory, passes, lanes } = cost;
  const kdf: Kdf = { name: "argon2id", memory, passes, lanes, salt: randomBytes(SALT).toString("base64") };
  return { kind: "passphrase", kdf, wrapped: wrapMaster(await kekOf(passphrase, kdf), master, kdf, device) };
}

async function kekOf(passphrase: string, kdf: Kdf): Promise<Buffer> {
  const stretched = await stretch("argon2id", {
    message: Buffer.from(normalised(passphrase), "utf8"),
    nonce: Buffer.from(kdf.salt, "base64"),
    memory: kdf.memory,
    passes: kdf.passes,
    parallelism: kdf.lanes,
    tagLength: 32,
  });
  return derive(Buffer.from(stretched), "tssop/v1/passphrase-slot");
}

function derive(key: Buffer, label: string): Buffer {
  return Buffer.from(hkdfSync("sha256", key, "tssop", label, 32));
}

/** As many passes as take about a second on this device, never below the floor. */
async function calibrated(): Promise<Cost> {
  const began = performance.now();
  await kekOf("calibration", { name: "argon2id", ...KDF_FLOOR, salt: randomBytes(SALT).toString("base64") });
  const each = (performance.now() - began) / KDF_FLOOR.passes;
  const passes = Math.min(Math.max(Math.round(TARGET_MS / each), KDF_FLOOR.passes), MOST_PASSES);
  return { ...KDF_FLOOR, passes };
}

function opened(master: Buffer, deviceId: string): OpenVault {
  return { deviceId, key: (label) => derive(master, LABELS[label]) };
}
