import { asNodeError } from "../../lib/errors.ts";
import { mediaRow } from "../../social/media/media.ts";
import type { FileView } from "../../social/media/of-posts.ts";
import type { FileChoice } from "../../social/media/own-files.ts";
import { personByAddress } from "../../social/people/find.ts";
import { LONGEST_POLL, type PollDraft } from "../../social/polls/poll.ts";
import { LONGEST_POST, MOST_NAMED } from "../../social/posts/limits.ts";
import type { Draft } from "../../social/posts/publish.ts";
import { mentionsIn } from "../../social/posts/render.ts";
import type { Call } from "./call.ts";
import { type Fields, flag, list, text, whole } from "./fields.ts";
import { postOf } from "./find.ts";
import { notUnderstood } from "./refuse.ts";
import { quotableOfPolicy } from "./shapes/quote-policy.ts";
import { reachOf } from "./shapes/visibility.ts";

const TOO_LONG = `A post has at most ${LONGEST_POST} letters. Longer texts are written on your own page, under “Write a long post”.`;

/** The post an app wants to have published. Throws a sentence rather than leave out what was asked for. */
export async function draftOf(call: Call): Promise<Draft> {
  const { fields } = call;
  refuseWhatIsNotThere(fields);
  const words = text(fields, "status") ?? "";
  const reach = reachOf(text(fields, "visibility") || "public");
  if (reach === null) throw notUnderstood("Choose who sees it: public, unlisted, private or direct.");
  const answered = text(fields, "in_reply_to_id");
  const before = answered === undefined || answered === "" ? null : await postOf(call, answered);
  if ([...words].length > LONGEST_POST) throw notUnderstood(TOO_LONG);
  const draft: Draft = { text: words, reach };
  const quoted = text(fields, "quoted_status_id") || text(fields, "quote_id");
  if (quoted) draft.quoteOfId = (await postOf(call, quoted)).id;
  const policy = text(fields, "quote_approval_policy");
  const quotable = policy ? quotableOfPolicy(policy) : "everyone";
  if (quotable === null) throw notUnderstood("Choose who may quote it: public, followers or nobody.");
  draft.quotable = quotable;
  const warning = text(fields, "spoiler_text");
  if (warning) draft.warning = warning;
  const language = text(fields, "language");
  if (language && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/.test(language)) draft.language = language;
  if (flag(fields, "sensitive")) draft.sensitive = true;
  draft.poll = pollOf(fields);
  if (before !== null) draft.replyToId = before.id;
  draft.files = await filesOf(call);
  return reach === "chosen" ? { ...draft, to: await addressed(call, words) } : draft;
}

/** null: nothing is asked. */
export function pollOf(fields: Fields): PollDraft | null {
  const options = list(fields, "poll[options]");
  if (options.length === 0) return null;
  const seconds = whole(fields, "poll[expires_in]", { normal: 86_400, min: 0, max: LONGEST_POLL / 1000 + 1 });
  return { options, multiple: flag(fields, "poll[multiple]"), endsIn: seconds * 1000 };
}

/** The files an app names, each with the words it was given before; an id that is nobody's is refused later. */
export async function filesOf(
  { acting, fields }: Call,
  before: readonly FileView[] = [],
): Promise<FileChoice[]> {
  const ids = list(fields, "media_ids").filter((id) => id !== "");
  const known = new Map(before.map(({ mediaId, alt }) => [mediaId, alt]));
  const rows = ids.map(async (mediaId) => {
    const alt = known.get(mediaId) ?? (await mediaRow(acting.read, mediaId))?.alt ?? "";
    return { mediaId, alt };
  });
  return Promise.all(rows);
}

/** Dropping these silently would publish something else than was meant. */
function refuseWhatIsNotThere(fields: Fields): void {
  if (text(fields, "scheduled_at")) throw notUnderstood("Posts cannot be planned ahead yet.");
}

/**
 * Everybody a direct post names with a whole address. Somebody not known yet is looked up, so that a name mistyped
 * is an error here and not a post to nobody.
 */
async function addressed(call: Call, words: string): Promise<string[]> {
  const { acting } = call;
  const to = new Set<string>();
  for (const address of mentionsIn(words).slice(0, MOST_NAMED)) {
    if (!address.includes("@")) continue;
    const known = await personByAddress(acting.read, address);
    to.add(known?.id ?? (await lookUp(call, address)));
  }
  return [...to];
}

async function lookUp(call: Call, address: string): Promise<string> {
  try {
    return (await call.acting.lookUp(address)).personId;
  } catch (error) {
    const { code, safe } = asNodeError(error);
    if (code === "person-not-found" || code === "address-not-understood") throw notUnderstood(safe);
    throw error;
  }
}
