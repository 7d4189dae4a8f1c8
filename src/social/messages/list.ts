import { NodeError } from "../../lib/errors.ts";
import type { Page, Paged } from "../../lib/page.ts";
import { bounded, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleByIds } from "../people/queries.ts";
import { keyRowsOf } from "./keys/queries.ts";
import { trustOf } from "./keys/trust.ts";
import {
  type ConversationRow,
  conversationRow,
  conversationRows,
  latestRows,
  unreadByPerson,
} from "./queries.ts";
import { viewsOf } from "./thread.ts";
import type { ConversationView } from "./view.ts";
import { waysTo } from "./way.ts";

/** Conversations with something in them, the latest first. */
export async function listConversations(
  read: ReadClient,
  me: Identity,
  asked: Page,
  now: number,
): Promise<Paged<ConversationView>> {
  const page = bounded(asked);
  const { before, after } = page;
  const where = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  const rows = await conversationRows(read, where, page.limit + 1);
  const { items, older, newer } = pagedOf(rows, page);
  return { items: await conversationsOf(read, me, items, now), older, newer };
}

/** One, also before anything was written. Throws "person-not-found". */
export async function conversationWith(
  read: ReadClient,
  me: Identity,
  personId: string,
  now: number,
): Promise<ConversationView> {
  const row = (await conversationRow(read, personId)) ?? blank(personId);
  const [view] = personId === me.ownerId ? [] : await conversationsOf(read, me, [row], now);
  if (view === undefined) throw new NodeError("person-not-found", "nobody to write to");
  return view;
}

/** In how many conversations something is new. */
export async function unreadMessages(read: ReadClient): Promise<number> {
  return (await unreadByPerson(read, null)).size;
}

type Row = Pick<ConversationRow, "personId" | "sortKey" | "draft" | "timer" | "open">;

const blank = (personId: string): Row => ({ personId, sortKey: "", draft: "", timer: 0, open: false });

async function conversationsOf(
  read: ReadClient,
  me: Identity,
  rows: Row[],
  now: number,
): Promise<ConversationView[]> {
  const ids = rows.map(({ personId }) => personId);
  const people = await peopleByIds(read, me.ownerId, ids);
  const unread = await unreadByPerson(read, ids);
  const keys = Map.groupBy(await keyRowsOf(read, ids), ({ personId }) => personId);
  const ways = await waysTo(read, ids);
  const latest = await latestRows(read, ids, now);
  const views = await viewsOf(read, latest, now);
  const last = new Map(latest.map(({ personId }, at) => [personId, views[at] ?? null]));
  return rows.flatMap(({ personId, sortKey, draft, timer, open }): ConversationView[] => {
    const person = people.get(personId);
    const way = ways.get(personId);
    if (person === undefined || way === undefined) return [];
    return [
      {
        ...{ person, sortKey, draft, timer, open, way },
        last: last.get(personId) ?? null,
        unread: unread.get(personId) ?? 0,
        trust: trustOf(keys.get(personId) ?? []),
      },
    ];
  });
}
