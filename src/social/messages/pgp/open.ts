import {
  decrypt,
  type MaybeStream,
  type Message,
  type PrivateKey,
  PublicKeyEncryptedSessionKeyPacket,
  readMessage,
  SymEncryptedIntegrityProtectedDataPacket,
} from "openpgp";
import { published } from "../rotation.ts";
import { config } from "./config.ts";
import { type OwnKeys, wholeKey } from "./own-key.ts";
import { publicKey } from "./parsed.ts";

/** Bytes; the longest letter of ours is well below. */
const SEALED_MAX = 200 * 1024;
const RECIPIENTS_MAX = 17;

/**
 * Why something was not opened, for our own log. not-ours: no key that is here opens it: it was for a subkey that is destroyed, or for
 * somebody else.
 */
export type Refusal =
  | "too-large"
  | "damaged"
  | "odd-packets"
  | "old-format"
  | "not-ours"
  | "no-signature"
  | "wrong-signer"
  | "several-signatures";

type Sealed = Message<MaybeStream<Uint8Array>>;

export type Opened = { text: string; signedAt: number };

/** `theirs`: whose signature it must bear. `at`: when it came, milliseconds. */
type Between = { own: OwnKeys; theirs: Uint8Array; at: number };

/**
 * Without a date nothing is too old or too new, neither the signature nor the subkey it was sealed to (B12): a subkey is good for two weeks and
 * opens for three. The library takes null for it, and its types do not say so.
 */
export const ANY_TIME = null as unknown as Date;

/** What was sealed for this key, as far as its packets are those of an honest message. */
export async function readSealed(sealed: Uint8Array, key: PrivateKey): Promise<Sealed | Refusal> {
  if (sealed.length > SEALED_MAX) return "too-large";
  const message = await readMessage({ binaryMessage: sealed, config }).catch(() => null);
  const behind = message === null ? null : await isMoreBehind(message).catch(() => null);
  if (message === null || behind === null) return "damaged";
  return behind ? "odd-packets" : (oddIn(message, key.keyPacket.version === 6) ?? message);
}

/** Opens what was sealed for the owner, and believes nothing of it but what they signed. */
export async function open(
  sealed: Uint8Array,
  { own, theirs, at }: Between,
): Promise<Opened | { refused: Refusal }> {
  // It names no key, so that each is tried at each of those it may be for; nearly always it was sealed to the newest of then.
  const newest = published(own.subkeys, at).slice(0, 1);
  const first = await openedWith(sealed, { key: own.key, subkeys: newest }, theirs);
  const isForOther = "refused" in first && first.refused === "not-ours";
  return isForOther && newest.length < own.subkeys.length ? openedWith(sealed, own, theirs) : first;
}

async function openedWith(
  sealed: Uint8Array,
  own: OwnKeys,
  theirs: Uint8Array,
): Promise<Opened | { refused: Refusal }> {
  const key = await wholeKey(own);
  const message = await readSealed(sealed, key);
  if (typeof message === "string") return { refused: message };
  const signer = await publicKey(theirs);
  try {
    const { data, signatures } = await decrypt({
      message,
      decryptionKeys: key,
      verificationKeys: signer,
      expectSigned: true,
      format: "binary",
      date: ANY_TIME,
      config,
    });
    const [signature, ...more] = signatures;
    if (signature === undefined) return { refused: "no-signature" };
    if (more.length > 0) return { refused: "several-signatures" };
    await signature.verified;
    const created = (await signature.signature).packets[0]?.created;
    if (created == null) return { refused: "no-signature" };
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(data), signedAt: created.getTime() };
  } catch (error) {
    return { refused: refusalOf(error) };
  }
}

/** What the library has left of a list of packets; its types do not say so. */
type Rest = { stream?: { getReader: () => { read: () => Promise<{ done?: boolean }> } } | null };

/** The library reads as far as the sealed part, and keeps the rest for whoever asks. What stands for nothing (padding) is left out. */
async function isMoreBehind({ packets }: Sealed): Promise<boolean> {
  const { stream } = packets as Rest;
  return stream != null && (await stream.getReader().read()).done !== true;
}

/**
 * One sealed part, at the end, and before it who it is for. No passphrase of somebody's (SKESK), nothing behind it; to a key of
 * version 6 nobody honest sends the old format, which can be changed on its way (B7).
 */
function oddIn(message: Sealed, isNew: boolean): Refusal | null {
  const packets = [...message.packets];
  const last = packets.pop();
  if (!(last instanceof SymEncryptedIntegrityProtectedDataPacket)) return "odd-packets";
  if (packets.length === 0 || packets.length > RECIPIENTS_MAX) return "odd-packets";
  if (!packets.every((packet) => packet instanceof PublicKeyEncryptedSessionKeyPacket)) return "odd-packets";
  // The library's types do not name it.
  const version = "version" in last ? last.version : null;
  return isNew && version !== 2 ? "old-format" : null;
}

/** The library has one kind of error; what it is about stands in its words. */
export function refusalOf(error: unknown): Refusal {
  const words = error instanceof Error ? error.message : "";
  if (/Session key decryption failed|Key Data Integrity|No decryption key/.test(words)) return "not-ours";
  if (/Could not find signing key|Signature verification failed/.test(words)) return "wrong-signer";
  return /not signed/.test(words) ? "no-signature" : "damaged";
}
