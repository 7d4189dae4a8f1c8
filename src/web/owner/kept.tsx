import { Form, TOKEN_FIELD } from "../html/form.tsx";
import type { Fields } from "./fields.ts";

/** A form that was sent and not done yet: where it went and what it said. Carried by hidden fields, never stored. */
export type Kept = { to: string; entries: [string, string][] };

const KEPT = "kept";
const KEPT_TO = "kept-to";
const SECRET = /^(passphrase|own|again|before|after|rolled|token)$/;

/** Passphrases and tokens are never carried. */
export function keptOf(to: string, fields: Fields): Kept | null {
  const entries = fields.entries().filter(([name]) => name !== TOKEN_FIELD && !SECRET.test(name));
  return isOwnPath(to) && entries.some(([, value]) => value.trim() !== "") ? { to, entries } : null;
}

/** As the fields of a page in between sent it on. */
export function keptIn(fields: Fields): Kept | null {
  const to = fields.text(KEPT_TO);
  const entries = [...new URLSearchParams(fields.text(KEPT))];
  return isOwnPath(to) && entries.length > 0 ? { to, entries } : null;
}

/** Inside a form of a page in between. */
export function KeptFields({ kept }: { kept: Kept | null }) {
  if (kept === null) return null;
  return (
    <>
      <input type="hidden" name={KEPT_TO} value={kept.to} />
      <input type="hidden" name={KEPT} value={new URLSearchParams(kept.entries).toString()} />
    </>
  );
}

/** What was typed, to be read; the longest of it is what a person wrote. */
export function keptText(kept: Kept): string {
  const texts = kept.entries
    .map(([, value]) => value)
    .filter((value) => !/^[0-9a-f]{32}$/.test(value) && value.length > 12);
  return texts.reduce((longest, value) => (value.length > longest.length ? value : longest), "");
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
