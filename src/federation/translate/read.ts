import { Activity, PUBLIC_COLLECTION, Object as WireObject } from "@fedify/fedify/vocab";
import { localContexts } from "../contexts.ts";
import { isJsonObject, type JsonObject } from "../json-guard.ts";
import { offline } from "./offline.ts";

const options = { contextLoader: localContexts, documentLoader: offline };
const ADDRESSING = ["to", "cc"];
/** All of them are everyone (ActivityPub 5.6); the library knows the short name only with its prefix. */
const EVERYONE = ["Public", "as:Public"];

/** A body as an activity; null: it is none, or cannot be read. Nothing is fetched for it. */
export async function activityFromJson(json: JsonObject): Promise<Activity | null> {
  return Activity.fromJsonLd(spellOutPublic(json), options).catch(() => null);
}

/** The same for anything. */
export async function objectFromJson(json: unknown): Promise<WireObject | null> {
  return WireObject.fromJsonLd(spellOutPublic(json), options).catch(() => null);
}

/** Everyone by their full name, wherever something is addressed. */
export function spellOutPublic(value: unknown, property = ""): unknown {
  if (Array.isArray(value)) return value.map((entry) => spellOutPublic(entry, property));
  if (typeof value === "string")
    return ADDRESSING.includes(property) && EVERYONE.includes(value) ? PUBLIC_COLLECTION.href : value;
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "@context" ? inner : spellOutPublic(inner, name),
    ]),
  );
}
