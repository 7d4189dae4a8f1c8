import type { Identity } from "../../identity/identity.ts";

/** Where others get the owner's key for GnuPG, once there is one. */
export function gnupgAddress({ ownerUri }: Pick<Identity, "ownerUri">): string {
  return `${ownerUri}/openpgp4`;
}
