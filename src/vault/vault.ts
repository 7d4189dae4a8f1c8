import { argon2, hkdfSync, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { NodeError } from "../lib/errors.ts";
import {
  type Header,
  headerExists,
  headerText,
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

export type NewVault = OpenVault & {
  /** Of vault.json. */
  readonly header: string;
  keep(folder: string): void;
};

const stretch = promisify(argon2);
const TARGET_MS = 1_000;
const MOST_PASSES = 16;
/** What else the device does at that moment would make a passphrase cheaper to guess for ever: the quickest counts. */
const SAMPLES = 3;

export function vaultExists(folder: string): boolean {
  return headerExists(folder);
}

/**
 * Makes a vault that is only in memory until `keep` writes its header: whatever is kept under its keys comes first, so
 * that a header never stands for something half made. `keep` throws "vault-exists", "disk-full" or "folder-readonly".
 */
export async function createVault(o: { passphrase: string; cost: Cost }): Promise<NewVault> {
  const device = randomBytes(8).toString("hex");
  const master = randomBytes(32);
  const slot = await slotFor({ ...o, master, device });
  const header: Header = { version: 1, device, slots: [slot], others: [] };
  return {
    ...opened(master, device),
    header: headerText(header),
    keep(folder) {
      if (vaultExists(folder)) throw new NodeError("vault-exists", "a vault is there already");
      writeHeader(folder, header);
    },
  };
}

/** Throws "wrong-passphrase", "vault-damaged", "database-newer" or "not-set-up". */
export async function openVault(o: { folder: string; passphrase: string }): Promise<OpenVault> {
  sweepTemporary(o.folder);
  const header = readHeader(o.folder);
  return opened(await masterOf(header, o.passphrase), header.device);
}

/** Rewrites the header only; what it opens stays as it is. Either passphrase works at any moment, never neither. */
export async function changePassphrase(o: { folder: string; before: string; after: string }): Promise<void> {
  const header = readHeader(o.folder);
  const { device } = header;
  const master = await masterOf(header, o.before);
  const cost = costOf(header);
  const slot = await slotFor({ passphrase: o.after, master, device, cost });
  writeHeader(o.folder, { ...header, slots: [slot] });
}

async function masterOf(header: Header, passphrase: string): Promise<Buffer> {
  for (const slot of header.slots) {
    const kek = await kekOf(passphrase, slot.kdf);
    const master = unwrapMaster({ kek, slot, device: header.device });
    if (master !== null) return master;
  }
  throw new NodeError("wrong-passphrase", "no slot opens");
}

/** What it costs to try a passphrase. memory in KiB. */
export type Cost = Pick<Kdf, "memory" | "passes" | "lanes">;

type NewSlot = { passphrase: string; master: Buffer; device: string; cost: Cost };

async function slotFor({ passphrase, master, device, cost }: NewSlot): Promise<PassphraseSlot> {
  const { memory, passes, lanes } = cost;
  const kdf: Kdf = { name: "argon2id", memory, passes, lanes, salt: randomBytes(SALT).toString("base64") };
  const kek = await kekOf(passphrase, kdf);
  return { kind: "passphrase", kdf, wrapped: wrapMaster({ kek, master, kdf, device }) };
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

const costOf = ({ slots }: Header): Cost => slots[0]?.kdf ?? KDF_FLOOR;

/** Of the vault in a folder. Throws as `openVault` does. */
export function costIn(folder: string): Cost {
  return costOf(readHeader(folder));
}

/** As many passes as take about a second on this device, never below the floor. */
export async function aSecondsCost(): Promise<Cost> {
  const times: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const began = performance.now();
    await kekOf("calibration", {
      name: "argon2id",
      ...KDF_FLOOR,
      salt: randomBytes(SALT).toString("base64"),
    });
    times.push(performance.now() - began);
  }
  const each = Math.min(...times) / KDF_FLOOR.passes;
  const passes = Math.min(Math.max(Math.round(TARGET_MS / each), KDF_FLOOR.passes), MOST_PASSES);
  return { ...KDF_FLOOR, passes };
}

function opened(master: Buffer, deviceId: string): OpenVault {
  return { deviceId, key: (label) => derive(master, LABELS[label]) };
}
