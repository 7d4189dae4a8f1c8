/** What a body may hold. Measured against the costs of parsing JSON-LD: bad-inputs A15 to A17. */
export type JsonBounds = { bytes: number; depth: number; tokens: number; array: number };

export const INBOX_BOUNDS: JsonBounds = { bytes: 256 * 1024, depth: 24, tokens: 20_000, array: 2_000 };
export const DOCUMENT_BOUNDS: JsonBounds = { ...INBOX_BOUNDS, bytes: 1024 * 1024 };

export type JsonFault = "too-large" | "too-deep" | "too-many" | "malformed";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/**
 * Looks over raw bytes once, without recursion, before anything parses them.
 * Finds what would be costly, not everything that is wrong: JSON.parse does the rest.
 */
export function faultOf(bytes: Uint8Array, bounds: JsonBounds): JsonFault | null {
  if (bytes.length > bounds.bytes) return "too-large";
  const commas = new Int32Array(bounds.depth + 1).fill(-1);
  let depth = 0;
  let tokens = 0;
  let quoted = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (quoted) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) quoted = false;
      continue;
    }
    switch (byte) {
      case QUOTE:
        quoted = true;
        tokens++;
        break;
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (++depth > bounds.depth) return "too-deep";
        commas[depth] = byte === OPEN_BRACKET ? 0 : -1;
        tokens++;
        break;
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        if (--depth < 0) return "malformed";
        break;
      case COMMA: {
        const before = commas[depth] ?? -1;
        if (before >= 0 && before + 2 > bounds.array) return "too-many";
        if (before >= 0) commas[depth] = before + 1;
        tokens++;
        break;
      }
      case 0:
        return "malformed";
    }
    if (tokens > bounds.tokens) return "too-many";
  }
  return depth === 0 && !quoted ? null : "malformed";
}

export type JsonObject = { readonly [name: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The one reading of a body: everything later works on this value, so that no two parts can read it differently. */
export function readJson(bytes: Uint8Array, bounds: JsonBounds): JsonObject | JsonFault {
  const fault = faultOf(bytes, bounds);
  if (fault !== null) return fault;
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return isJsonObject(value) ? value : "malformed";
  } catch {
    return "malformed";
  }
}
