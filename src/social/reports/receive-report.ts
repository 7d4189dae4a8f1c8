import { idOf } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanParagraphs } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { addNotice } from "../notices/add-notice.ts";
import { isWelcomeId } from "../people/queries.ts";
import { countReports, insertReport, postUrisOf, reportRow } from "./queries.ts";
import { LONGEST_REPORT, MOST_REPORTED } from "./send-report.ts";

/** Kept at a time, of everybody and of one sender. What is full takes no more; the owner makes room. */
const MOST = 100;
const MOST_OF_ONE = 5;

export type ReportCard = { uri: string; words: string; aboutOwner: boolean; postUris: string[] };

/** Whether a report names what is the owner's and there is room for it; asked before so much as a name is kept. */
export async function takesReport(
  tx: Tx,
  me: Identity,
  personId: string,
  card: ReportCard,
): Promise<boolean> {
  const namesOwner = card.aboutOwner || (await namedPosts(tx, me, card)).length > 0;
  return (
    namesOwner &&
    (await countReports(tx, { own: false })) < MOST &&
    (await countReports(tx, { own: false, personId })) < MOST_OF_ONE
  );
}

function namedPosts(tx: Tx, me: Identity, card: ReportCard): Promise<string[]> {
  return postUrisOf(tx, me.ownerId, card.postUris.slice(0, MOST_REPORTED));
}

/** Somebody complains about the owner or posts of theirs. It is kept for the owner to read; nothing else comes of it. */
export async function receiveReport(
  tx: Tx,
  me: Identity,
  personId: string,
  card: ReportCard,
  now: number,
): Promise<"stored" | "known" | "ignored"> {
  if (!(await isWelcomeId(tx, personId))) return "ignored";
  const id = idOf("report", card.uri);
  if ((await reportRow(tx, id)) !== null) return "known";
  if (!(await takesReport(tx, me, personId, card))) return "ignored";
  const words = cleanParagraphs(card.words, LONGEST_REPORT);
  const row = { id, personId, own: false, uri: card.uri, words };
  await insertReport(tx, row, await namedPosts(tx, me, card), now);
  await addNotice(tx, { kind: "report", personId, postId: "" }, now);
  return "stored";
}
