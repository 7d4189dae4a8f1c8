import type { JsonObject } from "../json-guard.ts";

/** Our own word on the wire; its meaning is said in the activity itself, for no context of ours is anywhere to fetch. */
const TERMS = { tssop: "urn:tssop:", invite: "tssop:invite" };
const AS = "https://www.w3.org/ns/activitystreams";
const INVITE = /[?&]invite=([0-9a-f]{32})\b/i;

/** A Follow that shows an invitation. */
export function withInvitation(follow: JsonObject, token: string): JsonObject {
  if (token === "") return follow;
  const before = follow["@context"] ?? AS;
  return { ...follow, "@context": [...(Array.isArray(before) ? before : [before]), TERMS], invite: token };
}

/** "" when there is none. */
export function invitationIn(activity: JsonObject): string {
  const shown = activity["invite"] ?? activity["tssop:invite"];
  return typeof shown === "string" && shown.length <= 64 ? shown.toLowerCase() : "";
}

/** An address as it was pasted, and the invitation in it. */
export function splitInvitation(pasted: string): { address: string; token: string } {
  const joined = pasted.replace(/\s+/g, "");
  const token = INVITE.exec(joined)?.[1]?.toLowerCase() ?? "";
  return { address: token === "" ? pasted : joined.replace(INVITE, ""), token };
}
