import { signObject } from "@fedify/fedify";
import type { Object as WireObject } from "@fedify/fedify/vocab";
import { localContexts } from "./contexts.ts";
import { isJsonObject, type JsonObject } from "./json-guard.ts";
import type { ActorKeys } from "./keys.ts";
import { spellOutPublic } from "./translate/read.ts";

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
  // Some know only the full name of the public collection.
  const spelled = spellOutPublic(json);
  if (!isJsonObject(spelled)) throw new TypeError("an object became no JSON object");
  return spelled;
}
