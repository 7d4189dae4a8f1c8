import type { ReadClient, Tx } from "../../store/tx.ts";
import type { SecretName } from "./identity.ts";

export async function readSecret(read: ReadClient, name: SecretName): Promise<Buffer | null> {
  const row = await read.secret.findUnique({ where: { id: name } });
  return row === null ? null : Buffer.from(row.value);
}

/** Not there: nothing. */
export async function destroySecret(tx: Tx, name: SecretName): Promise<void> {
  await tx.secret.deleteMany({ where: { id: name } });
}

export async function writeSecret(tx: Tx, name: SecretName, value: Buffer, now: number): Promise<void> {
  await tx.secret.create({ data: { id: name, value: new Uint8Array(value), createdAt: new Date(now) } });
}
