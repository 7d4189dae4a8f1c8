import { createCipheriv, createDecipheriv } from "node:crypto";
import type { Random } from "../../lib/ids.ts";
import { Form, TOKEN_FIELD } from "../html/form.tsx";
import { Fields } from "./fields.ts";

/** A form that was sent and not done yet: where it went and what it said. Carried by hidden fields, never stored. */
export type Kept = { to: string; entries: [string, string][] };

const KEPT = "kept";
const SECRET = /^(passphrase|own|again|before|after|rolled|token)$/;

/** Passphrases and tokens are never carried. */
export function keptOf(to: string, fields: Fields): Kept | null {
  const entries = fields.entries().filter(([name]) => name !== TOKEN_FIELD && !SECRET.test(name));
  return isOwnPath(to) && entries.some(([, value]) => value.trim() !== "") ? { to, entries } : null;
}

/** As the script sends it, from a page that was locked while somebody wrote on it. */
export function keptIn(fields: Fields): Kept | null {
  const to = fields.text("kept-to");
  return keptOf(to, new Fields([...new URLSearchParams(fields.text(KEPT))]));
}

/** Inside the form of the unlock page: sealed, for a locked page shows nothing, not even to who reads its source. */
export function KeptField({ sealed }: { sealed: string | null }) {
  return sealed === null ? null : <input type="hidden" name={KEPT} value={sealed} />;
}

export type KeptSeal = { seal(kept: Kept): string; open(fields: Fields): Kept | null };

/** AES-256-GCM (NIST SP 800-38D) under a key of this run: nonce, tag, words. */
export function createKeptSeal(random: Random): KeptSeal {
  const key = random(32);
  return {
    seal(kept) {
      const nonce = random(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const words = Buffer.concat([
        cipher.update(JSON.stringify([kept.to, kept.entries]), "utf8"),
        cipher.final(),
      ]);
      return Buffer.concat([nonce, cipher.getAuthTag(), words]).toString("base64url");
    },
    open(fields) {
      const sealed = Buffer.from(fields.text(KEPT), "base64url");
      if (sealed.byteLength < 28) return null;
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
        decipher.setAuthTag(sealed.subarray(12, 28));
        const words = Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString(
          "utf8",
        );
        const [to, entries] = JSON.parse(words) as [string, Kept["entries"]];
        return { to, entries };
      } catch {
        return null; // of another run, or not ours
      }
    },
  };
}

const WRITTEN = ["text", "about", "address", "bridges", "name"];

/** What a person wrote, to be read before it is sent. "": nothing but choices. */
export function keptText(kept: Kept): string {
  for (const field of WRITTEN) {
    const value = kept.entries.find(([name]) => name === field)?.[1].trim() ?? "";
    if (value !== "") return value;
  }
  return "";
}

/** The same form once more, with a token that holds now. */
export function KeptForm({ kept, token, go }: { kept: Kept; token: string; go: string }) {
  return (
    <Form action={kept.to} token={token}>
      {kept.entries.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class="btn main-do" type="submit">
        {go}
      </button>
    </Form>
  );
}

const GATES = /^\/(start|unlock|enter|keep|lock|seal|live)([/?]|$)/;

/** A path of our own pages that may be gone back to; never "//elsewhere", never one of the gates. */
export function isOwnPath(path: string): boolean {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(path) && path.length <= 2_000 && !GATES.test(path);
}
