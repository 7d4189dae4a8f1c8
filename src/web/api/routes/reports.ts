import { postBySortKey } from "../../../social/posts/find.ts";
import { LONGEST_REPORT, sendReport } from "../../../social/reports/send-report.ts";
import { type Answer, type Call, siteOf } from "../call.ts";
import type { Door } from "../door.ts";
import { flag, list, text } from "../fields.ts";
import { personOf } from "../find.ts";
import { notUnderstood } from "../refuse.ts";
import { accountOf } from "../shapes/account.ts";
import { time } from "../shapes/site.ts";

/** Reporting somebody. There are no moderators here: without `forward`, which sends it to them, nothing is done. */
export function reportRoutes(door: Door): void {
  door.post("/api/v1/reports", "write:reports", report);
}

async function report(call: Call): Promise<Answer> {
  const { acting, fields } = call;
  const person = await personOf(call, text(fields, "account_id") ?? "");
  if (person.isOwner) throw notUnderstood("That is you.");
  if (!flag(fields, "forward")) {
    throw notUnderstood(
      "Nobody but you reads reports here. Send it on to their own device, which may show it to them, or block them.",
    );
  }
  const words = text(fields, "comment") ?? "";
  if ([...words].length > LONGEST_REPORT) throw notUnderstood("That is longer than a report can be.");
  const ids = list(fields, "status_ids");
  const posts = await Promise.all(ids.map((id) => postBySortKey(acting.read, acting.me, id)));
  const theirs = posts.filter((post) => post?.author.id === person.id).flatMap((post) => post ?? []);
  const draft = { personId: person.id, postUris: theirs.map(({ uri }) => uri), words };
  const now = acting.now();
  const id = await acting.transact((tx) => sendReport(tx, acting.me, draft, now, acting.random));
  return {
    json: {
      id,
      action_taken: false,
      action_taken_at: null,
      category: text(fields, "category") ?? "other",
      comment: words,
      forwarded: true,
      created_at: time(now),
      status_ids: theirs.map(({ sortKey }) => sortKey),
      rule_ids: null,
      collection_ids: null,
      target_account: accountOf(person, siteOf(call)),
    },
  };
}
