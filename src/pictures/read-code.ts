import { NodeError } from "../lib/errors.ts";
import { type PictureChild, runChild } from "./reencode.ts";

/** Decoding, and five seconds of looking, on a slow machine. */
const PATIENCE = 30_000;
const LONGEST_CODE = 2_048;
/** Control characters, what turns the direction of a text, and what was no text: no code of ours has any of them. */
const ODD = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029\ufffd]/u;

/**
 * What the one QR code in a JPEG, PNG or WebP of up to 20 MB says, read in a process without files, network or keys.
 * Throws "picture-too-large", "picture-not-readable", "code-none", "code-several" or "code-not-ours".
 */
export async function readCode(child: PictureChild, bytes: Buffer): Promise<string> {
  const found = textsIn(await runChild(child, bytes, { as: "codes", patience: PATIENCE }));
  const [text, another] = found;
  if (text === undefined) throw new NodeError("code-none", "no code in that picture");
  if (another !== undefined) throw new NodeError("code-several", `${found.length} codes in that picture`);
  const said = text.trim();
  if (said === "" || said.length > LONGEST_CODE || ODD.test(said))
    throw new NodeError("code-not-ours", "a code with something else than a line of text");
  return said;
}

function textsIn(out: Buffer): string[] {
  const found: unknown = JSON.parse(out.toString("utf8"));
  if (!Array.isArray(found) || !found.every((one) => typeof one === "string"))
    throw new NodeError("picture-not-readable", "an odd answer of the picture process");
  return found;
}
