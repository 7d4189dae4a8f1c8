import { createHash } from "node:crypto";
import { type Key, type PrivateKey, readKey, readPrivateKey } from "openpgp";
import { config } from "./config.ts";

/** Read keys by the hash of their bytes. */
type Known<T> = Map<string, Promise<T>>;

/** Reading a key takes longer than using it. The oldest goes for the next, so that no destroyed secret stays in memory for long. */
function remembering<T>(most: number, known: Known<T>, read: (bytes: Uint8Array) => Promise<T>) {
  return (bytes: Uint8Array): Promise<T> => {
    const name = createHash("sha256").update(bytes).digest("hex");
    const before = known.get(name);
    if (before !== undefined) return before;
    const [oldest] = known.keys();
    if (known.size >= most && oldest !== undefined) known.delete(oldest);
    const reading = read(bytes);
    known.set(name, reading);
    reading.catch(() => known.delete(name));
    return reading;
  };
}

/** The owner's: alone, with all that decrypts, with what is published, and with the newest of it. */
const secrets: Known<PrivateKey> = new Map();
export const secretKey: (bytes: Uint8Array) => Promise<PrivateKey> = remembering(4, secrets, (bytes) =>
  readPrivateKey({ binaryKey: bytes, config }),
);

/** Once one is destroyed, so that it is not in memory either. */
export function forgetSecretKeys(): void {
  secrets.clear();
}

/** Others' certificates, as they were cleaned. */
export const publicKey: (bytes: Uint8Array) => Promise<Key> = remembering(64, new Map(), (bytes) =>
  readKey({ binaryKey: bytes, config }),
);
