import type { Flag } from "@fedify/fedify/vocab";
import { textOf } from "../../social/html.ts";
import type { ReportCard } from "../../social/reports/receive-report.ts";
import { type Addresses, sameHost } from "../addresses.ts";

const NAMED_MAX = 50;

/** What is said of the owner; null when neither the owner nor anything at the owner's address is named. */
export function readReport(activity: Flag, at: Addresses): ReportCard | null {
  if (activity.id === null) return null;
  const ours = activity.objectIds.filter((uri) => sameHost(uri, at.person)).map((uri) => uri.href);
  const named = [...new Set(ours)].slice(0, NAMED_MAX);
  if (named.length === 0) return null;
  const words = textOf(String(activity.content ?? activity.summary ?? ""));
  const aboutOwner = named.includes(at.person);
  return { uri: activity.id.href, words, aboutOwner, postUris: named.filter((uri) => uri !== at.person) };
}
