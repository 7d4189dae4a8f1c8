import type { Page, Paged } from "../../lib/page.ts";
import { bounded, pagedOf } from "../../lib/paging.ts";
import type { ReadClient } from "../../store/tx.ts";
import type { Identity } from "../identity/identity.ts";
import { peopleByIds } from "../people/queries.ts";
import type { PersonView } from "../people/view.ts";
import { setting } from "../settings/settings.ts";
import { filesOf, type MessageFileRow } from "./files/queries.ts";
import { fileView } from "./files/view.ts";
import { RECEIPTS_SETTING } from "./mark-read.ts";
import {
  type ChangeRow,
  changesOf,
  type MessageRow,
  messageRow,
  messageRows,
  messagesByIds,
} from "./queries.ts";
import type { MessageReaction, MessageState, MessageView } from "./view.ts";

const EXCERPT = 140;

/** What is between the owner and one person, newest first. */
export async function messagesWith(
  read: ReadClient,
  personId: string,
  asked: Page,
  now: number,
): Promise<Paged<MessageView>> {
  const page = bounded(asked);
  const rows = await messageRows(read, { personId, ...cursorsOf(page), now }, page.limit + 1);
  const { items, older, newer } = pagedOf(rows, page);
  return { items: await viewsOf(read, items, now), older, newer };
}

/** null: there is none, or it has vanished. */
export async function messageOf(
  read: ReadClient,
  id: string,
  now: number,
): Promise<(MessageView & { personId: string }) | null> {
  const row = await messageRow(read, id);
  if (row === null || isGone(row, now)) return null;
  const [view] = await viewsOf(read, [row], now);
  return view === undefined ? null : { ...view, personId: row.personId };
}

export type FoundMessage = MessageView & { person: PersonView };

/** Messages with these words in them, of everybody; newest first. */
export async function searchMessages(
  read: ReadClient,
  me: Identity,
  words: string,
  asked: Page,
  now: number,
): Promise<Paged<FoundMessage>> {
  const page = bounded(asked);
  const rows = await messageRows(read, { words, ...cursorsOf(page), now }, page.limit + 1);
  const { items, older, newer } = pagedOf(rows, page);
  const people = await peopleByIds(read, me.ownerId, [...new Set(items.map(({ personId }) => personId))]);
  const views = await viewsOf(read, items, now);
  const found = views.flatMap((view, at): FoundMessage[] => {
    const person = people.get(items[at]?.personId ?? "");
    return person === undefined ? [] : [{ ...view, person }];
  });
  return { items: found, older, newer };
}

const cursorsOf = ({ before, after }: Page) => ({
  ...(before === undefined ? {} : { before }),
  ...(after === undefined ? {} : { after }),
});

const isGone = ({ vanishAt }: MessageRow, now: number) => vanishAt.getTime() > 0 && vanishAt.getTime() <= now;

/** In the order of the rows, with what was done with each since. */
export async function viewsOf(read: ReadClient, rows: MessageRow[], now: number): Promise<MessageView[]> {
  const answered = await messagesByIds(read, [...new Set(rows.map(({ replyToId }) => replyToId))], now);
  const ids = [...rows, ...answered].map(({ id }) => id);
  const changes = new Map<string, ChangeRow[]>();
  for (const change of await changesOf(read, ids))
    changes.set(change.messageId, [...(changes.get(change.messageId) ?? []), change]);
  const files = Map.groupBy(await filesOf(read, ids), ({ messageId }) => messageId);
  const receipts = (await setting(read, RECEIPTS_SETTING, "yes")) !== "no";
  const quoted = new Map(answered.map((row) => [row.id, row]));
  return rows.map((row) => {
    const to = quoted.get(row.replyToId);
    const answers = to === undefined || to.personId !== row.personId ? null : to;
    return viewOf(row, { changes, receipts, answers, files });
  });
}

type Around = {
  changes: Map<string, ChangeRow[]>;
  receipts: boolean;
  answers: MessageRow | null;
  files: Map<string, MessageFileRow[]>;
};

function viewOf(row: MessageRow, { changes, receipts, answers, files }: Around): MessageView {
  const done = doneWith(row, changes);
  const { id, sortKey, own, oddTime, replyToId } = row;
  return {
    ...{ id, sortKey, own, oddTime },
    kind: kindOf(row, done.deleted),
    text: row.kind === "text" ? done.text : "",
    files: (files.get(id) ?? []).map(fileView),
    edited: done.edited,
    at: row.at.getTime(),
    replyTo:
      replyToId === "" || done.deleted
        ? null
        : {
            id: replyToId,
            own: answers?.own ?? false,
            text: answers === null ? "" : excerptOf(answers, changes),
            files: files.get(replyToId)?.length ?? 0,
          },
    reactions: done.deleted ? [] : done.reactions,
    state: stateOf(row, receipts),
    seconds: row.kind === "timer" ? Number(row.text) : 0,
    vanishAt: row.vanishAt.getTime(),
    ...formOf(row),
  };
}

function formOf(row: MessageRow): Pick<MessageView, "sealed" | "form" | "signed"> {
  const { own, kind, signedBy, why } = row;
  if (row.form === "open") return { sealed: false, form: "open", signed: "" };
  if (row.form !== "mail")
    return {
      sealed: own || signedBy !== "" || kind !== "text",
      form: "letter",
      signed: !own && why === "other" ? "other" : "",
    };
  if (own || kind !== "text") return { sealed: true, form: "mail", signed: "" };
  return {
    sealed: true,
    form: "mail",
    signed: signedBy !== "" ? "known" : why === "other" ? "other" : "none",
  };
}

function excerptOf(row: MessageRow, changes: Map<string, ChangeRow[]>): string {
  const { text, deleted } = doneWith(row, changes);
  return deleted ? "" : [...text].slice(0, EXCERPT).join("");
}

/** Words are changed, and taken back, by whoever wrote them. */
function doneWith(row: MessageRow, changes: Map<string, ChangeRow[]>) {
  const all = (changes.get(row.id) ?? []).filter(({ personId }) => personId === row.personId);
  const edit = all.find(({ kind, own }) => kind === "edit" && own === row.own);
  const deleted = all.some(({ kind, own }) => kind === "delete" && own === row.own);
  const reactions = new Map<string, MessageReaction>();
  for (const { kind, emoji, own, on } of all) {
    if (kind !== "react" || !on) continue;
    const before = reactions.get(emoji) ?? { emoji, own: false, theirs: false };
    reactions.set(emoji, { ...before, ...(own ? { own: true } : { theirs: true }) });
  }
  return {
    text: row.text,
    edited: edit !== undefined,
    deleted,
    reactions: [...reactions.values()],
  };
}

function kindOf({ kind }: MessageRow, deleted: boolean): MessageView["kind"] {
  if (kind === "timer" || kind === "lost") return kind;
  return deleted ? "deleted" : "text";
}

function stateOf({ own, kind, state, readAt }: MessageRow, receipts: boolean): MessageState {
  if (!own || kind !== "text") return "";
  if (state === "stopped" || state === "waiting") return state;
  return receipts && readAt.getTime() > 0 ? "read" : "delivered";
}
