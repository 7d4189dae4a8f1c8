import { LONGEST_KNOCK } from "../../social/gate/knock.ts";
import { escapeHtml, textOf } from "../../social/html.ts";
import type { JsonObject } from "../json-guard.ts";
import type { ReadPost } from "./post.ts";

const AS = "https://www.w3.org/ns/activitystreams";
const PUBLIC = `${AS}#Public`;
/** Bytes, escaped. */
const FIRST_WORDS = 2200;
const FIRST_WARNING = 200;
const LONGEST_ADDRESS = 300;

/**
 * A post as it waits at the gate: as it came, or, where that is too long, its first words and the way to the rest.
 * Null: nothing of it fits, which takes an address that no honest sender has.
 */
export function knockJson(json: JsonObject, post: ReadPost, owner: string): string | null {
  const ways = [json, firstWordsOf(post, owner)].map((one) => JSON.stringify(one));
  return ways.find((one) => Buffer.byteLength(one) <= LONGEST_KNOCK) ?? null;
}

function firstWordsOf(post: ReadPost, owner: string): JsonObject {
  const place = [post.url, post.uri].find((one) => one !== "" && one.length <= LONGEST_ADDRESS) ?? "";
  const words = cut(textOf(post.html), FIRST_WORDS);
  const link = place === "" ? "" : `<p><a href="${escapeHtml(place)}">${escapeHtml(place)}</a></p>`;
  const open = post.reach === "everyone" || post.reach === "unlisted";
  const to = open ? [PUBLIC, owner] : [owner];
  return {
    "@context": AS,
    id: `${post.uri}#first-words`,
    type: "Create",
    actor: post.author,
    to,
    object: {
      id: post.uri,
      type: "Note",
      attributedTo: post.author,
      content: `<p>${escapeHtml(words)} …</p>${link}`,
      ...(post.warning === "" ? {} : { summary: cut(post.warning, FIRST_WARNING), sensitive: true }),
      to,
      ...(post.mentions.includes(owner) ? { tag: [{ type: "Mention", href: owner }] } : {}),
      ...(post.replyToUri === "" || post.replyToUri.length > LONGEST_ADDRESS
        ? {}
        : { inReplyTo: post.replyToUri }),
      published: new Date(post.publishedAt).toISOString(),
    },
  };
}

/** The beginning of a text that takes at most so many bytes once it is escaped for HTML and JSON. */
function cut(text: string, bytes: number): string {
  const kept: string[] = [];
  let left = bytes;
  for (const letter of text) {
    left -= Buffer.byteLength(JSON.stringify(escapeHtml(letter))) - 2;
    if (left < 0) break;
    kept.push(letter);
  }
  return kept.join("").trim();
}
