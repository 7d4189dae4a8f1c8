import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { NodeError } from "../lib/errors.ts";
import { syncFolder } from "../lib/sync-folder.ts";
import { known } from "../store/connection.ts";
import { checkDatabase } from "../store/open-database.ts";
import { STORE_FOLDER } from "../store/store.ts";
import { HEADER_FILE } from "../vault/header.ts";
import { type OpenVault, openVault, vaultExists } from "../vault/vault.ts";
import { DATABASE_AT } from "./layout.ts";
import { unpack } from "./unpack.ts";

/** A backup that lies in this folder whole, and is nobody's yet. Disposing removes it if it was not kept. */
export interface Unpacked extends AsyncDisposable {
  readonly vault: OpenVault;
  /** Makes it what this folder holds, whose own folder of a store must not be there. */
  keep(): Promise<void>;
}

const unpacking = /^restoring-[0-9a-f]{16}$/;

/**
 * Takes a backup apart (see layout.ts) in a folder where nobody is set up, and opens it with its passphrase. Throws
 * "vault-exists", "wrong-passphrase", "not-a-backup", "backup-damaged", "database-newer", "disk-full" or
 * "folder-readonly"; then everything is as it was.
 */
export async function unpackBackup(o: {
  folder: string;
  bytes: Readable;
  passphrase: string;
}): Promise<Unpacked> {
  const { folder, bytes, passphrase } = o;
  if (vaultExists(folder)) throw new NodeError("vault-exists", "somebody lives here");
  const own = join(folder, `restoring-${randomBytes(8).toString("hex")}`);
  const remove = () => rm(own, { recursive: true, force: true, maxRetries: 5 });
  const [coming, whole] = [join(own, "coming"), wholeIn(own)];
  try {
    await mkdir(coming, { recursive: true, mode: 0o700 });
    const found: { vault?: OpenVault } = {};
    await unpack(bytes, {
      into: coming,
      // The first of all: whoever mistyped is told before the rest has come.
      onHeader: async () => {
        found.vault = await openVault({ folder: coming, passphrase });
      },
    });
    const { vault } = found;
    if (vault === undefined) throw new NodeError("not-a-backup", "nothing in it");
    checkDatabase(join(coming, DATABASE_AT), vault.key("database"));
    await rename(coming, whole);
    await syncFolder(own);
    return { vault, keep: () => keep(whole, folder), [Symbol.asyncDispose]: remove };
  } catch (error) {
    bytes.destroy();
    await remove();
    throw damagedIfOpened(error);
  }
}

const wholeIn = (own: string) => join(own, "whole");

/** What its own keys do not open was altered. */
function damagedIfOpened(error: unknown): unknown {
  const said = known(error);
  return said instanceof NodeError && (said.code === "database-damaged" || said.code === "vault-damaged")
    ? new NodeError("backup-damaged", "it does not open", { cause: said })
    : said;
}

/** Two renames; what comes between them is mended by `endRestores`. */
async function keep(whole: string, folder: string): Promise<void> {
  await rename(join(whole, STORE_FOLDER), join(folder, STORE_FOLDER));
  await rename(join(whole, HEADER_FILE), join(folder, HEADER_FILE));
  await syncFolder(folder);
}

/** What the program's end cut off: a restore that was all but done is ended, any other is forgotten. The folder is locked for us. */
export function endRestores(folder: string): void {
  for (const name of readdirSync(folder).filter((one) => unpacking.test(one))) {
    const whole = wholeIn(join(folder, name));
    const header = join(whole, HEADER_FILE);
    const between = existsSync(header) && !existsSync(join(whole, STORE_FOLDER));
    if (between && existsSync(join(folder, STORE_FOLDER)) && !vaultExists(folder))
      renameSync(header, join(folder, HEADER_FILE));
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 5 });
  }
}
