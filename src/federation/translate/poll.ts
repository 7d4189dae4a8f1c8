import { Collection, Note, Question, type Object as WireObject } from "@fedify/fedify/vocab";
import { localContexts } from "../contexts.ts";
import { offline } from "./offline.ts";
import { plainText } from "./plain-text.ts";

const OPTION_LETTERS = 100;
const OPTIONS_MAX = 20;
const loaders = { contextLoader: localContexts, documentLoader: offline, suppressError: true } as const;

/** A poll as it goes over the wire: how many, never who. Times in milliseconds; 0: no end, not closed. */
export type WirePoll = {
  multiple: boolean;
  endsAt: number;
  closedAt: number;
  voters: number;
  options: { title: string; votes: number }[];
};

/** What makes a Question of a post (FEP-9967). */
export function questionValues(poll: WirePoll) {
  const options = poll.options.map(
    ({ title, votes }) => new Note({ name: title, replies: new Collection({ totalItems: votes }) }),
  );
  return {
    ...(poll.multiple ? { inclusiveOptions: options } : { exclusiveOptions: options }),
    endTime: poll.endsAt === 0 ? null : Temporal.Instant.fromEpochMilliseconds(poll.endsAt),
    closed: poll.closedAt === 0 ? null : Temporal.Instant.fromEpochMilliseconds(poll.closedAt),
    voters: poll.voters,
  };
}

/** Null: no poll, or one without a choice. */
export async function readPoll(object: WireObject, now: number): Promise<WirePoll | null> {
  if (!(object instanceof Question)) return null;
  const one = await optionsOf(object.getExclusiveOptions(loaders));
  const options = one.length > 0 ? one : await optionsOf(object.getInclusiveOptions(loaders));
  if (options.length < 2) return null;
  const { closed } = object;
  // The library has a Temporal of its own, so its times are told by what they can do.
  const closedAt = typeof closed === "object" ? (closed?.epochMilliseconds ?? 0) : closed ? now : 0;
  const most = options.reduce((sum, { votes }) => Math.max(sum, votes), 0);
  return {
    multiple: one.length === 0,
    endsAt: time(object.endTime?.epochMilliseconds ?? 0),
    // Some write the planned end here too.
    closedAt: closedAt > now ? 0 : time(closedAt),
    voters: object.voters ?? (one.length > 0 ? options.reduce((sum, { votes }) => sum + votes, 0) : most),
    options,
  };
}

const LATEST = Date.UTC(9999, 0);

function time(milliseconds: number): number {
  return Math.min(Math.max(0, Math.trunc(milliseconds)), LATEST);
}

async function optionsOf(listed: AsyncIterable<WireObject>): Promise<WirePoll["options"]> {
  const found = new Map<string, number>();
  for await (const option of listed) {
    const title = plainText(option.name, OPTION_LETTERS);
    if (title === "" || found.has(title)) continue;
    const replies = await option.getReplies(loaders);
    found.set(title, Math.max(0, Math.trunc(replies?.totalItems ?? 0)));
    if (found.size === OPTIONS_MAX) break;
  }
  return [...found].map(([title, votes]) => ({ title, votes }));
}

export type ReadVote = { uri: string; pollUri: string; title: string };

/** A vote is a Note that has a name, answers something and says nothing. Null: it is none. */
export function readVote(object: WireObject): ReadVote | null {
  if (!(object instanceof Note) || object.id === null || object.replyTargetId === null) return null;
  const title = plainText(object.name, OPTION_LETTERS);
  if (title === "" || String(object.content ?? "").trim() !== "") return null;
  return { uri: object.id.href, pollUri: object.replyTargetId.href, title };
}
