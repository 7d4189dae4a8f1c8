/** Who lives here. Addresses never change; name, picture and text are the profile's. */
export type Identity = {
  /** "<56>.onion" */
  onion: string;
  /** "http://<56>.onion" */
  origin: string;
  handle: string;
  ownerId: string;
  ownerUri: string;
};

export type SecretName = "root" | "address" | "actor-rsa" | "actor-ed25519" | "openpgp" | "openpgp-4";

const LONGEST_HANDLE = 30;
const HANDLE = /^[a-z0-9_]{1,30}$/;

export function isHandle(text: string): boolean {
  return HANDLE.test(text);
}

/** The handle a name suggests: letters without their marks, digits, "_"; "me" when nothing is left. */
export function handleFrom(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, LONGEST_HANDLE);
  return plain === "" ? "me" : plain;
}
