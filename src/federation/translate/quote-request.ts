import type { QuoteRequest, ReplyRequest } from "@fedify/fedify/vocab";
import { type Addresses, sameHost } from "../addresses.ts";
import { localContexts } from "../contexts.ts";
import { soleObject } from "./object-of.ts";
import { offline } from "./offline.ts";
import { type ReadPost, readPost } from "./post.ts";

const ADDRESS_MAX = 2_000;
const MARK = "#quote-request";

/** The id of the owner's question for leave to quote in a post; its address with a mark, so that an answer finds it. */
export function quoteRequestId(postUri: string): string {
  return `${postUri}${MARK}`;
}

/** The address of the own post that a question was about; null: no question of ours. */
export function askedInPost(at: Addresses, requestId: string): string | null {
  if (!requestId.endsWith(MARK)) return null;
  const uri = requestId.slice(0, -MARK.length);
  return uri.startsWith(`${at.origin}/posts/`) ? uri : null;
}

/** `post`: the one that would quote, where it came along; null: it is only named. */
export type ReadQuoteRequest = { uri: string; quoted: string; quoting: string; post: ReadPost | null };

/** Somebody's question for leave to quote (FEP-044f). Null: of no post of theirs, or of one that does not quote that. */
export async function readQuoteRequest(
  activity: QuoteRequest,
  sender: { uri: string; followersUri: string },
  now: number,
): Promise<ReadQuoteRequest | null> {
  const [uri, quoting] = [activity.id?.href ?? "", activity.instrumentId?.href ?? ""];
  const quoted = soleObject(activity)?.href ?? "";
  if (uri === "" || !sameHost(quoting, sender.uri)) return null;
  if (quoting.length > ADDRESS_MAX || uri.length > ADDRESS_MAX) return null;
  const post = await instrumentOf(activity, sender, now);
  if (post !== null && (post.uri !== quoting || post.quoteUri !== quoted)) return null;
  return { uri, quoted, quoting, post };
}

/** The post that came along with a question, of the sender; null: it is only named. */
export async function instrumentOf(
  activity: QuoteRequest | ReplyRequest,
  sender: { uri: string; followersUri: string },
  now: number,
): Promise<ReadPost | null> {
  try {
    const object = await activity.getInstrument({
      contextLoader: localContexts,
      documentLoader: offline,
      crossOrigin: "ignore",
      suppressError: true,
    });
    return object === null ? null : await readPost(object, sender, now);
  } catch {
    return null;
  }
}
