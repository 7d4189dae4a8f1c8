/**
 * What an app sent, query and body alike: every field has a list of values, `key[]` and `key` are one field,
 * and one level of nesting reads "outer[inner]".
 */
export type Fields = ReadonlyMap<string, readonly string[]>;

const MOST_VALUES = 100;
const FALSE_WORDS = new Set(["", "0", "f", "false", "off", "no", "null"]);

/** The last value given, or undefined. */
export function text(fields: Fields, key: string): string | undefined {
  return fields.get(key)?.at(-1);
}

export function flag(fields: Fields, key: string): boolean {
  const value = text(fields, key);
  return value !== undefined && isTrue(value);
}

export function isTrue(value: string): boolean {
  return !FALSE_WORDS.has(value.toLowerCase());
}

export function list(fields: Fields, key: string): readonly string[] {
  return fields.get(key) ?? [];
}

/** A whole number within its bounds; what is not one counts as not given. */
export function whole(fields: Fields, key: string, o: { normal: number; min: number; max: number }): number {
  const value = text(fields, key);
  if (value === undefined || !/^\d{1,9}$/.test(value)) return o.normal;
  return Math.min(Math.max(Number(value), o.min), o.max);
}

export function fieldsFromPairs(pairs: Iterable<readonly [string, string]>): Fields {
  const fields = new Map<string, string[]>();
  for (const [key, value] of pairs) add(fields, key, value);
  return fields;
}

/** Of a JSON object. Whatever is neither text, number, yes or no, nor a list of these or of objects, is left out. */
export function fieldsFromJson(value: unknown): Fields {
  const fields = new Map<string, string[]>();
  if (!isObject(value)) return fields;
  for (const [key, inner] of Object.entries(value)) {
    if (isObject(inner))
      for (const [name, leaf] of Object.entries(inner)) addLeaves(fields, `${key}[${name}]`, leaf);
    else if (Array.isArray(inner) && inner.some(isObject)) addObjects(fields, key, inner);
    else addLeaves(fields, key, inner);
  }
  return fields;
}

/** A field of the later one hides the same field of the earlier one. */
export function joined(earlier: Fields, later: Fields): Fields {
  return new Map([...earlier, ...later]);
}

/** A list of objects reads "outer[0][inner]". */
function addObjects(fields: Map<string, string[]>, key: string, list: readonly unknown[]): void {
  for (const [at, entry] of list.slice(0, MOST_VALUES).entries()) {
    if (!isObject(entry)) continue;
    for (const [name, leaf] of Object.entries(entry)) addLeaves(fields, `${key}[${at}][${name}]`, leaf);
  }
}

function addLeaves(fields: Map<string, string[]>, key: string, value: unknown): void {
  for (const leaf of Array.isArray(value) ? value : [value]) {
    if (typeof leaf === "string") add(fields, key, leaf);
    if (typeof leaf === "number" || typeof leaf === "boolean") add(fields, key, String(leaf));
  }
}

function add(fields: Map<string, string[]>, key: string, value: string): void {
  const name = key.endsWith("[]") ? key.slice(0, -2) : key;
  const values = fields.get(name);
  if (values === undefined) fields.set(name, [value]);
  else if (values.length < MOST_VALUES) values.push(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
