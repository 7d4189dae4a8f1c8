import { Emoji, Hashtag, Image, Link, type Object as WireObject } from "@fedify/fedify/vocab";
import { hostOf } from "../addresses.ts";
import { localContexts } from "../contexts.ts";
import { offline } from "./offline.ts";

const TAGS_MAX = 30;
const EMOJIS_MAX = 50;
/** Tags of every kind that are looked at. */
const LOOKED_AT = 300;
const NAME_MAX = 200;
const loaders = { contextLoader: localContexts, documentLoader: offline, suppressError: true } as const;

/** A hashtag of an own post; `name` as it was written. */
export type WireTag = { name: string; href: string };
/** A custom emoji of the owner. */
export type WireEmoji = { id: string; shortcode: string; url: string };

export function hashtagOf({ name, href }: WireTag): Hashtag {
  return new Hashtag({ name: `#${name}`, href: new URL(href) });
}

export function emojiOf({ id, shortcode, url }: WireEmoji): Emoji {
  const icon = new Image({ mediaType: "image/jpeg", url: new URL(url) });
  return new Emoji({ id: new URL(id), name: `:${shortcode}:`, icon });
}

export type ReadTags = { tags: string[]; emojis: { shortcode: string; url: string }[] };

/** Hashtags (FEP-eb48) and custom emoji (FEP-9098) that came with something, bounded; names are not yet made safe. */
export async function readTags(object: WireObject): Promise<ReadTags> {
  const tags = new Set<string>();
  const emojis = new Map<string, string>();
  let looked = 0;
  for await (const tag of object.getTags(loaders)) {
    if (++looked > LOOKED_AT) break;
    const name = String(tag.name ?? "").slice(0, NAME_MAX);
    if (tag instanceof Hashtag && tags.size < TAGS_MAX) tags.add(name.replace(/^#/, ""));
    if (tag instanceof Emoji && emojis.size < EMOJIS_MAX) {
      const url = await pictureOf(tag);
      if (url !== "") emojis.set(name.replace(/^:|:$/g, ""), url);
    }
  }
  return { tags: [...tags], emojis: [...emojis].map(([shortcode, url]) => ({ shortcode, url })) };
}

async function pictureOf(emoji: Emoji): Promise<string> {
  const icon = await emoji.getIcon(loaders);
  const address = icon?.url instanceof Link ? icon.url.href : icon?.url;
  return hostOf(address) === null ? "" : (address?.href ?? "");
}
