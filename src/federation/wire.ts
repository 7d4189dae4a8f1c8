import { signObject } from "@fedify/fedify";
import { PUBLIC_COLLECTION, type Object as WireObject } from "@fedify/fedify/vocab";
import { localContexts } from "./contexts.ts";
import { isJsonObject, type JsonObject } from "./json-guard.ts";
import type { ActorKeys } from "./keys.ts";

const ADDRESSING = ["to", "cc"];

/** The JSON of an activity or object. With `proof`, it carries the owner's signature wherever it is passed on (FEP-8b32). */
export async function toWire(object: WireObject, proof?: ActorKeys): Promise<JsonObject> {
  const signed =
    proof === undefined
      ? object
      : await signObject(object, proof.ed25519.privateKey, proof.ed25519.keyId, {
          contextLoader: localContexts,
          documentLoader: localContexts,
        });
  // The proof is over this form: "compact" and the public collection in full, as the library signs it.
  const json = await signed.toJsonLd({ format: "compact", contextLoader: localContexts });
  const spelled = spellOutPublic(json);
  if (!isJsonObject(spelled)) throw new TypeError("an object became no JSON object");
  return spelled;
}

/** Some servers know only the full name of the public collection. */
function spellOutPublic(value: unknown, property = ""): unknown {
  if (Array.isArray(value)) return value.map((entry) => spellOutPublic(entry, property));
  if (typeof value === "string")
    return ADDRESSING.includes(property) && value === "as:Public" ? PUBLIC_COLLECTION.href : value;
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "@context" ? inner : spellOutPublic(inner, name),
    ]),
  );
}
