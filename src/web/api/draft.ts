import { personByAddress } from "../../social/people/find.ts";
import type { Draft } from "../../social/posts/publish.ts";
import type { PostView } from "../../social/posts/view.ts";
import type { Call } from "./call.ts";
import { type Fields, list, text } from "./fields.ts";
import { postOf } from "./find.ts";
import { notUnderstood } from "./refuse.ts";
import { reachOf } from "./shapes/visibility.ts";

/** "@name@host" in a text; the host is checked by whoever looks it up. */
const ADDRESS = /(?<![\w@/])@([\w.-]{1,64})@([a-z0-9.-]{3,255}[a-z0-9])/gi;
const MOST_ADDRESSED = 50;

/** The post an app wants to have published. Throws a sentence rather than leave out what was asked for. */
export async function draftOf(call: Call): Promise<Draft> {
  const { fields } = call;
  refuseWhatIsNotThere(fields);
  const words = text(fields, "status") ?? "";
  const reach = reachOf(text(fields, "visibility") || "public");
  if (reach === null) throw notUnderstood("Choose who sees it: public, unlisted, private or direct.");
  const answered = text(fields, "in_reply_to_id");
  const before = answered === undefined || answered === "" ? null : await postOf(call, answered);
  const draft: Draft = { text: words, reach };
  const warning = text(fields, "spoiler_text");
  if (warning) draft.warning = warning;
  const language = text(fields, "language");
  if (language && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/.test(language)) draft.language = language;
  if (before !== null) draft.replyToId = before.id;
  if (reach !== "chosen") return draft;
  const to = await addressed(call, words, before);
  // As in Mastodon: a direct post that names nobody is a note to oneself.
  return to.length === 0 ? { ...draft, reach: "me" } : { ...draft, to };
}

/** Dropping these silently would publish something else than was meant. */
function refuseWhatIsNotThere(fields: Fields): void {
  if (list(fields, "media_ids").length > 0) throw notUnderstood("Posts cannot carry files yet.");
  if ([...fields.keys()].some((key) => key.startsWith("poll["))) throw notUnderstood("There are no polls.");
  if (text(fields, "scheduled_at")) throw notUnderstood("Posts cannot be planned ahead yet.");
  if (text(fields, "quoted_status_id") || text(fields, "quote_id"))
    throw notUnderstood("There are no quotes yet.");
}

/**
 * Who a direct post goes to: everybody it names, and whoever it answers.
 * Somebody not known yet is looked up, so that a name mistyped is an error here and not a post to nobody.
 */
async function addressed(call: Call, words: string, before: PostView | null): Promise<string[]> {
  const { acting } = call;
  const named = new Set([...words.matchAll(ADDRESS)].map((match) => `${match[1]}@${match[2]}`.toLowerCase()));
  if (named.size > MOST_ADDRESSED) throw notUnderstood("That names too many people.");
  const to = new Set<string>();
  if (before !== null && !before.author.isOwner) to.add(before.author.id);
  for (const address of named) {
    const known = await personByAddress(acting.read, address);
    if (known?.isOwner) continue;
    to.add(known?.id ?? (await acting.lookUp(address)).personId);
  }
  return [...to];
}
