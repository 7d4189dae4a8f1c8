/**
 * A backup is a tar file (POSIX.1-1988, ustar) of a device that has not started yet: the header of a vault of its own, which
 * opens with the passphrase, and a store sealed under that vault's keys. No key of the device it comes from is in it, and
 * neither are the keys that decrypt messages on their way.
 */
export const HEADER_AT = "vault.json";
export const STORE_AT = "data/";
export const DATABASE_AT = `${STORE_AT}tssop.db`;
/** What the sealed files are called, see sealed-file.ts. */
export const MEDIA_AT = new RegExp(`^${STORE_AT}media/[0-9a-f]{2}/[0-9a-f]{40}$`);

/** Tables whose rows are in no backup: what decrypts recorded messages is to be gone after three weeks, wherever it is. */
export const LEFT_OUT = ["MessageSubkey"] as const;
