import { Flag } from "@fedify/fedify/vocab";
import type { Addresses } from "../addresses.ts";

export type OwnReport = { uri: string; person: string; posts: string[]; words: string };

/** The person first, then the posts that are meant: the order in which Mastodon reads them. */
export function reportActivity(at: Addresses, report: OwnReport): Flag {
  return new Flag({
    id: new URL(report.uri),
    actor: new URL(at.person),
    objects: [report.person, ...report.posts].map((uri) => new URL(uri)),
    content: report.words,
    to: new URL(report.person),
  });
}
