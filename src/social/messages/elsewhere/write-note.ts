import { NodeError } from "../../../lib/errors.ts";
import type { ReadClient } from "../../../store/tx.ts";
import { escapeHtml } from "../../html.ts";
import { renderText } from "../../posts/render.ts";
import { gnupgKeys } from "../keys/gnupg.ts";
import { ownKeys } from "../keys/own.ts";
import { usedKey } from "../keys/trust.ts";
import { sealMail } from "../pgp/seal-mail.ts";

/** What somebody sees who has no OpenPGP program at hand, and the server in between. The same for every message. */
const SENTENCE = "This message is encrypted with OpenPGP.";

/**
 * Words as a post with an OpenPGP part, for the key that is known as theirs. null: they have none that is good now. To a key of version 4
 * they are signed with the owner's of that version, or not at all: GnuPG shows nothing of what bears a newer signature.
 */
export async function mailNote(
  read: ReadClient,
  { personId, text }: { personId: string; text: string },
  now: number,
): Promise<string | null> {
  const theirs = await usedKey(read, personId);
  if (theirs === null) return null;
  const own = theirs.version === 4 ? await gnupgKeys(read) : await ownKeys(read);
  try {
    const armour = await sealMail(text, { own, theirs: new Uint8Array(theirs.certificate), now });
    return `<p>${SENTENCE}</p><pre>${escapeHtml(armour.replaceAll("\r\n", "\n").trim())}</pre>`;
  } catch (error) {
    if (error instanceof NodeError && error.code === "key-expired") return null;
    throw error;
  }
}

/** Words as they are, for whoever reads along. */
export function openNote(text: string): string {
  return renderText(text, []);
}
