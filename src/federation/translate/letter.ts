import type { Addresses } from "../addresses.ts";
import { isJsonObject, type JsonObject } from "../json-guard.ts";

/** A term of the security vocabulary; software that does not know it sees a Note without words. */
const TYPE = "EncryptedMessage";
const CONTEXT = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"];
const MEDIA_TYPE = "application/pgp-encrypted";
/** Of the sealed text. The longest letter of ours, padded, is well below. */
const SEALED_MAX = 160 * 1024;
/** The same for every letter, so that it tells nothing. */
const SUMMARY = "A private message";

/**
 * A letter on the wire: who sends and who gets it, and nothing else outside the ciphertext; no time, no reply, no tag.
 * `id`: random, 32 hex digits.
 */
export function letterActivity(at: Addresses, id: string, to: string, sealed: Uint8Array): JsonObject {
  const activity = at.activity(id);
  return {
    "@context": CONTEXT,
    id: activity,
    type: "Create",
    actor: at.person,
    to: [to],
    object: {
      id: `${activity}#letter`,
      type: ["Note", TYPE],
      attributedTo: at.person,
      to: [to],
      summary: SUMMARY,
      mediaType: MEDIA_TYPE,
      content: Buffer.from(sealed).toString("base64"),
    },
  };
}

/** null: it is no letter. "unreadable": it says that it is one. */
export function sealedIn(json: JsonObject): Uint8Array | "unreadable" | null {
  const object = json["object"];
  if (!isJsonObject(object)) return null;
  const types = Array.isArray(object["type"]) ? object["type"] : [object["type"]];
  if (!types.includes(TYPE)) return null;
  const content = object["content"];
  if (object["mediaType"] !== MEDIA_TYPE || typeof content !== "string") return "unreadable";
  if (content.length > (SEALED_MAX * 4) / 3 + 4 || !/^[A-Za-z0-9+/]+={0,2}$/.test(content))
    return "unreadable";
  return new Uint8Array(Buffer.from(content, "base64"));
}
