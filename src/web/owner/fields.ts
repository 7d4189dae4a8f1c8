import type { NodeError } from "../../lib/errors.ts";

/** Files for a post, taken in while the form was read: media ids, and what was not taken. lost: picked, and not read. */
export type Uploads = { added: string[]; refused: { name: string; error: NodeError }[]; lost?: boolean };

/** What a form or a query sent: texts by name, several of one name in order, and files. */
export class Fields {
  readonly #texts: [string, string][];
  readonly #files: Map<string, Buffer>;
  readonly uploads: Uploads;

  constructor(
    texts: Iterable<[string, string]>,
    files: Map<string, Buffer> = new Map(),
    uploads: Uploads = { added: [], refused: [] },
  ) {
    this.#texts = [...texts];
    this.#files = files;
    this.uploads = uploads;
  }

  /** A file was picked, and is not carried along. */
  get lostFile(): boolean {
    return this.#files.size > 0 || this.uploads.added.length > 0 || this.uploads.lost === true;
  }

  /** "" when it is not there. */
  text(name: string): string {
    return this.#texts.find(([key]) => key === name)?.[1] ?? "";
  }
  all(name: string): string[] {
    return this.#texts.filter(([key]) => key === name).map(([, value]) => value);
  }
  has(name: string): boolean {
    return this.#texts.some(([key]) => key === name);
  }
  /** null: none was picked. */
  file(name: string): Buffer | null {
    const bytes = this.#files.get(name);
    return bytes === undefined || bytes.byteLength === 0 ? null : bytes;
  }
  /** Everything that was typed, to be carried through a page in between. */
  entries(): [string, string][] {
    return [...this.#texts];
  }
}
