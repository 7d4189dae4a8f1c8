import { DATABASE_FILE, STORE_FOLDER } from "../store/store.ts";

/**
 * A backup is a tar file (POSIX.1-1988, ustar) of a device that has not started yet: the header of a vault of its own, which
 * opens with the passphrase, and a store sealed under that vault's keys. The header comes first, the database last.
 */
export const STORE_AT = `${STORE_FOLDER}/`;
export const DATABASE_AT = `${STORE_AT}${DATABASE_FILE}`;
/** What the sealed files are called, see sealed-file.ts. */
export const MEDIA_AT = new RegExp(`^${STORE_AT}media/[0-9a-f]{2}/[0-9a-f]{40}$`);

/**
 * Tables whose rows are in no backup: what decrypts recorded messages is to be gone after three weeks, wherever it is; and
 * an app that was sent away since is not let in again.
 */
export const LEFT_OUT = ["MessageSubkey", "ApiToken"] as const;
