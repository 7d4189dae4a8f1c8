import { idOf } from "../../lib/ids.ts";
import type { ReadClient, Tx } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleByIds } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import type { PostView } from "../posts/view.ts";
import { postsByIds } from "../posts/views.ts";
import { deleteReport, reportRows } from "./queries.ts";

/** `person`: who is reported, or who reports. `posts`: those that are still here; `gone`: how many are not. */
export type ReportView = {
  id: string;
  person: PersonView;
  words: string;
  at: number;
  posts: PostView[];
  gone: number;
};

const MOST = 100;

/** The latest first. own: what the owner sent; else: what came about the owner. */
export async function listReports(read: ReadClient, me: Identity, own: boolean): Promise<ReportView[]> {
  const rows = await reportRows(read, own, MOST);
  const people = await peopleByIds(
    read,
    me.ownerId,
    rows.map(({ personId }) => personId),
  );
  const ids = rows.flatMap((row) => row.posts.map(({ uri }) => idOf(uri)));
  const posts = await postsByIds(read, me, ids);
  return rows.flatMap((row): ReportView[] => {
    const person = people.get(row.personId);
    const here = row.posts.flatMap(({ uri }) => posts.get(idOf(uri)) ?? []);
    const { id, words } = row;
    const gone = row.posts.length - here.length;
    return person === undefined ? [] : [{ id, person, words, at: row.at.getTime(), posts: here, gone }];
  });
}

export async function removeReport(tx: Tx, id: string): Promise<void> {
  await deleteReport(tx, id);
}
