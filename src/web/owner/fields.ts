/** What a form or a query sent: texts by name, several of one name in order, and files. */
export class Fields {
  readonly #texts: [string, string][];
  readonly #files: Map<string, Buffer>;

  constructor(texts: Iterable<[string, string]>, files: Map<string, Buffer> = new Map()) {
    this.#texts = [...texts];
    this.#files = files;
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
