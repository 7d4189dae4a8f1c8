import { NodeError } from "../../lib/errors.ts";
import { type Random, randomId } from "../../lib/ids.ts";
import type { Tx } from "../../store/tx.ts";
import { cleanParagraphs } from "../html.ts";
import type { Identity } from "../identity/identity.ts";
import { send } from "../send.ts";
import { hostOfPerson } from "../subscriptions/queries.ts";
import { insertReport, postUrisOf } from "./queries.ts";

export const LONGEST_REPORT = 2_000;
export const MOST_REPORTED = 20;

export type ReportDraft = { personId: string; postUris: string[]; words: string };

/**
 * The owner tells the host of a person what they find wrong, with the posts meant. There is nobody else to tell: on a
 * device of one person, that is the person themselves. Returns the report's id.
 */
export async function sendReport(
  tx: Tx,
  me: Identity,
  draft: ReportDraft,
  now: number,
  random: Random,
): Promise<string> {
  const host = draft.personId === me.ownerId ? null : await hostOfPerson(tx, draft.personId);
  if (host === null) throw new NodeError("person-not-found", "nobody to report");
  const words = draft.words.trim();
  if ([...words].length > LONGEST_REPORT) throw new NodeError("text-too-long", "long report");
  const posts = await postUrisOf(tx, draft.personId, draft.postUris.slice(0, MOST_REPORTED));
  const id = randomId(random);
  const row = { id, personId: draft.personId, own: true, uri: `${me.origin}/acts/${id}` };
  await insertReport(tx, { ...row, words: cleanParagraphs(words, LONGEST_REPORT) }, posts, now);
  await send(tx, host, { kind: "report", about: { personId: draft.personId, reportId: id } }, now);
  return id;
}
