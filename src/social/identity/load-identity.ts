import { NodeError } from "../../lib/errors.ts";
import { idOf } from "../../lib/ids.ts";
import { ed25519PublicKey, onionOf } from "../../lib/onion-name.ts";
import type { ReadClient } from "../../store/tx.ts";
import { setting } from "../settings/settings.ts";
import type { Identity, SecretName } from "./identity.ts";
import { readSecret } from "./queries.ts";

export const HANDLE_SETTING = "identity.handle";
export const OWNER_SETTING = "identity.owner";

/** null: nobody was set up in this store. */
export async function loadIdentity(read: ReadClient): Promise<Identity | null> {
  const handle = await setting(read, HANDLE_SETTING, "");
  const address = await readSecret(read, "address");
  return handle === "" || address === null ? null : identityOf(address, handle);
}

/** Throws "not-set-up" when nobody was. */
export async function requireIdentity(read: ReadClient): Promise<Identity> {
  const identity = await loadIdentity(read);
  if (identity === null) throw new NodeError("not-set-up", "no identity in the store");
  return identity;
}

/** The owner's id as a person, without a look at the keys. Throws "not-set-up" when there is none. */
export async function ownerIdOf(read: ReadClient): Promise<string> {
  const id = await setting(read, OWNER_SETTING, "");
  if (id === "") throw new NodeError("not-set-up", "no owner in the store");
  return id;
}

/** `address`: the 32-byte Ed25519 seed of the onion. */
export function identityOf(address: Buffer, handle: string): Identity {
  const onion = onionOf(ed25519PublicKey(address));
  const origin = `http://${onion}`;
  const ownerUri = `${origin}/people/${handle}`;
  return { onion, origin, handle, ownerId: idOf(ownerUri), ownerUri };
}

export async function loadSecret(read: ReadClient, name: SecretName): Promise<Buffer> {
  const secret = await readSecret(read, name);
  if (secret === null) throw new NodeError("not-set-up", `no secret ${name}`);
  return secret;
}
