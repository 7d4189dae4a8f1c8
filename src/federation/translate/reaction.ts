import { type Activity, Emoji, Image, Link } from "@fedify/fedify/vocab";
import { localContexts } from "../contexts.ts";
import { offline } from "./offline.ts";
import { plainText } from "./plain-text.ts";

const EMOJI_LETTERS = 70;
const TAGS_MAX = 10;

/** What a Like or an EmojiReact says (FEP-c0e0); the picture of a custom emoji comes as a tag of that name. */
export type ReadReaction = { emoji: string; pictureUrl: string };

export async function readReaction(activity: Activity): Promise<ReadReaction> {
  const emoji = plainText(activity.content, EMOJI_LETTERS);
  const isNamed = emoji.startsWith(":");
  return { emoji, pictureUrl: isNamed ? await pictureOf(activity, emoji.replaceAll(":", "")) : "" };
}

async function pictureOf(activity: Activity, name: string): Promise<string> {
  const quietly = { contextLoader: localContexts, documentLoader: offline, suppressError: true };
  let seen = 0;
  for await (const tag of activity.getTags(quietly)) {
    if (++seen > TAGS_MAX) break;
    if (!(tag instanceof Emoji) || String(tag.name ?? "").replaceAll(":", "") !== name) continue;
    const icon = await tag.getIcon(quietly);
    const url = icon instanceof Image ? icon.url : null;
    return (url instanceof Link ? url.href : url)?.href ?? "";
  }
  return "";
}
