import { createHash } from "node:crypto";

/** Web Key Directory, direct method (draft-koch-openpgp-webkey-service, 3.1): OpenPGP programs find a key by an address. */
export const WKD_POLICY = "/.well-known/openpgpkey/policy";

const ALPHABET = "ybndrfg8ejkmcpqxot1uwisza345h769";

/** Where the key of a handle is. */
export function wkdPath(handle: string): string {
  const hash = createHash("sha1").update(handle.toLowerCase()).digest();
  return `/.well-known/openpgpkey/hu/${zbase32(hash)}`;
}

/** z-base-32 (RFC 6189, 5.1.6), of a whole number of 5 bytes. */
function zbase32(bytes: Uint8Array): string {
  let bits = "";
  for (const byte of bytes) bits += byte.toString(2).padStart(8, "0");
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join("");
}
