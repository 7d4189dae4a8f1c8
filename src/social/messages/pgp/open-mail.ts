import { createHash } from "node:crypto";
import { type DecryptMessageResult, decrypt } from "openpgp";
import { config } from "./config.ts";
import { ANY_TIME, type Refusal, readSealed, refusalOf } from "./open.ts";
import { type OwnKeys, wholeKey } from "./own-key.ts";
import { publicKey } from "./parsed.ts";

/** known: by the key that is known as theirs. other: by one that is not. none: anybody may have written it. */
export type Signature = "known" | "other" | "none";

/** `once`: names the signature, so that nobody hands the same words over twice; "": there is none that counts. `signedAt`: milliseconds, 0: never. */
export type OpenedMail = { text: string; signature: Signature; signedAt: number; once: string };

/**
 * Opens what somebody's OpenPGP program sealed, by the first of these keys that can. Mail without a signature is common, and is
 * opened too; whose words they are is then nowhere proven.
 */
export async function openMail(
  sealed: Uint8Array,
  keys: readonly OwnKeys[],
  theirs: Uint8Array | null,
): Promise<OpenedMail | { refused: Refusal }> {
  let refused: Refusal = "not-ours";
  for (const own of keys) {
    const opened = await openBy(sealed, own, theirs);
    if (!("refused" in opened)) return opened;
    // Of two refusals that which says more: the other key was never meant.
    if (opened.refused !== "not-ours") refused = opened.refused;
  }
  return { refused };
}

async function openBy(
  sealed: Uint8Array,
  own: OwnKeys,
  theirs: Uint8Array | null,
): Promise<OpenedMail | { refused: Refusal }> {
  const key = await wholeKey(own);
  const message = await readSealed(sealed, key);
  if (typeof message === "string") return { refused: message };
  try {
    const { data, signatures } = await decrypt({
      message,
      decryptionKeys: key,
      ...(theirs === null ? {} : { verificationKeys: await publicKey(theirs) }),
      expectSigned: false,
      format: "binary",
      date: ANY_TIME,
      config,
    });
    const text = new TextDecoder("utf-8", { fatal: true }).decode(data);
    return { text, ...(await signed(signatures, text)) };
  } catch (error) {
    return { refused: refusalOf(error) };
  }
}

/**
 * What of a signature's packet is signed itself: its time, and what makes each one different. Anybody can change the rest. The
 * library's types do not name it.
 */
function signedPart(packet: object | undefined): Uint8Array {
  const part: unknown = packet !== undefined && "signatureData" in packet ? packet.signatureData : null;
  if (!(part instanceof Uint8Array)) throw new TypeError("a signature without a signed part");
  return part;
}

const UNSIGNED = { signature: "none", signedAt: 0, once: "" } as const;

/** One signature that is good, or it is nobody's. */
async function signed(
  signatures: DecryptMessageResult["signatures"],
  text: string,
): Promise<Omit<OpenedMail, "text">> {
  const [one, ...more] = signatures;
  if (one === undefined) return UNSIGNED;
  if (more.length > 0) return { ...UNSIGNED, signature: "other" };
  try {
    await one.verified;
    const [packet] = (await one.signature).packets;
    const signedAt = packet?.created?.getTime() ?? 0;
    const once = createHash("sha256")
      .update(`${one.keyID.toHex()}\n${text}\n`)
      .update(signedPart(packet))
      .digest("hex");
    return { signature: "known", signedAt, once };
  } catch {
    return { ...UNSIGNED, signature: "other" };
  }
}
