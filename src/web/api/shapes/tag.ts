import { type Tag, tagAddress } from "../../../social/tags/tags.ts";
import type { Site } from "./site.ts";

export type StatusTag = { name: string; url: string };

export function tagOf({ tag, name }: Tag, site: Site): StatusTag {
  return { name, url: tagAddress(`http://${site.host}`, tag) };
}

/** As search and the tag's own page want it; nothing is counted. */
export function wholeTagOf(tag: Tag, site: Site) {
  return { ...tagOf(tag, site), history: [], following: false };
}
