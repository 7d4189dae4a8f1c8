import { type Addresses, hostOf } from "../addresses.ts";
import type { JsonObject } from "../json-guard.ts";

const CONTEXT = "https://www.w3.org/ns/activitystreams";

/** Whom a message goes to, and the post that it is. `answers`: a post of theirs, "": none. `publishedAt`: milliseconds. */
export type DirectNote = { uri: string; html: string; answers: string; publishedAt: number };
export type To = { uri: string; handle: string };

/**
 * A message as others elsewhere understand it: a post for one person who is mentioned in it, which Mastodon calls a private
 * mention. There is nothing beside the words.
 */
export function directActivity(at: Addresses, to: To, note: DirectNote): JsonObject {
  const published = new Date(note.publishedAt).toISOString();
  const everywhere = { to: [to.uri], cc: [], published };
  return {
    "@context": CONTEXT,
    id: `${note.uri}#create`,
    type: "Create",
    actor: at.person,
    ...everywhere,
    object: {
      id: note.uri,
      type: "Note",
      attributedTo: at.person,
      ...everywhere,
      content: note.html,
      ...(note.answers === "" ? {} : { inReplyTo: note.answers }),
      tag: [{ type: "Mention", href: to.uri, name: `@${to.handle}@${hostOf(to.uri) ?? ""}` }],
    },
  };
}
