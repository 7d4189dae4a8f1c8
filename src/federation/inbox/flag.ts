import type { Flag } from "@fedify/fedify/vocab";
import { idOf } from "../../lib/ids.ts";
import type { Verdict } from "../../lib/verdict.ts";
import { savePerson } from "../../social/people/save-person.ts";
import { receiveReport, takesReport } from "../../social/reports/receive-report.ts";
import type { Tx } from "../../store/tx.ts";
import { readReport } from "../translate/report.ts";
import type { Incoming } from "./incoming.ts";

/** Somebody, or a server in their place, reports the owner or posts of the owner's. */
export async function flag(tx: Tx, incoming: Incoming<Flag>): Promise<Verdict> {
  const { activity, sender, me, at, now } = incoming;

  // Authentication: the sender signed. Mastodon's reports come from the server itself, so that nobody sees who reports.
  const card = readReport(activity, at);
  if (card === null) return { dropped: "not about the owner" };

  // Authorization: anyone may complain about the owner, to a bound; it is read by the owner and has no other effect.
  if (!(await takesReport(tx, me, idOf(sender.uri), card))) {
    return { dropped: "not the owner's posts, or too many reports" };
  }
  const personId = await savePerson(tx, sender, now);
  await receiveReport(tx, me, personId, card, now);
  return "accepted";
}
