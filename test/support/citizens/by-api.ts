import { idOf } from "../../../src/lib/ids.ts";
import { home, post, type Status } from "../scenario.ts";
import type { Citizen } from "./citizen.ts";
import { patiently } from "./patience.ts";

/** What an app sees of it: the parts of the client API that the steps look at. */
export type Seen = {
  id: string;
  acct: string;
  display_name: string;
  note: string;
  avatar: string;
  moved?: Seen;
};
export type Relation = {
  following: boolean;
  followed_by: boolean;
  requested: boolean;
  muting: boolean;
  blocking: boolean;
};
export type Attachment = {
  id: string;
  type: string;
  url: string;
  preview_url: string | null;
  description: string | null;
};
export type Told = Omit<Status, "account"> & {
  account: Seen;
  url: string;
  in_reply_to_id: string | null;
  spoiler_text: string;
  language: string | null;
  edited_at: string | null;
  pinned: boolean;
  favourites_count: number;
  reblogs_count: number;
  reblog: Told | null;
  mentions: { acct: string }[];
  tags: { name: string }[];
  emojis: { shortcode: string; url: string }[];
  media_attachments: Attachment[];
  poll: {
    options: { title: string; votes_count: number }[];
    voters_count: number;
    own_votes: number[];
  } | null;
  quote: { state: string; quoted_status: Told | null } | null;
  filtered: { keyword_matches: string[] }[];
  pleroma: { emoji_reactions: { name: string; count: number; me: boolean }[] };
};
export type Notification = { id: string; type: string; account: Seen; status?: Told; emoji?: string };

/** As somebody is known there; null: not at all. */
export async function accountOf(at: Citizen, whom: Citizen): Promise<Seen | null> {
  const query = new URLSearchParams({ acct: whom.person.address });
  return at.api<Seen>("GET", `/api/v1/accounts/lookup?${query}`).catch(() => null);
}

export async function relation(at: Citizen, whom: Citizen): Promise<Relation | null> {
  const account = await accountOf(at, whom);
  if (account === null) return null;
  const query = new URLSearchParams({ "id[]": account.id });
  const [found] = await at.api<Relation[]>("GET", `/api/v1/accounts/relationships?${query}`);
  return found ?? null;
}

export const relates = (at: Citizen, whom: Citizen, wanted: Partial<Relation>) =>
  patiently(`${at.name} and ${whom.name}: ${JSON.stringify(wanted)}`, async () => {
    const found = await relation(at, whom);
    return (
      found !== null && Object.entries(wanted).every(([name, is]) => found[name as keyof Relation] === is)
    );
  });

/** The page of somebody at everybody else's. */
export const pathOf = ({ person }: Citizen): string =>
  `/people/${idOf(`http://${person.onion}/people/${person.address.split("@")[0]}`)}`;

/** Waits until a post looks like that at somebody's. */
export function looks(at: Citizen, id: string, what: string, is: (status: Told) => unknown): Promise<Told> {
  return patiently(`${at.name} has it with ${what}`, async () => {
    const status = await at.api<Told>("GET", `/api/v1/statuses/${id}`);
    return is(status) ? status : null;
  });
}

/** Waits for a notice about somebody, and about a post where one is named. */
export function noticed(at: Citizen, type: string, whom: Citizen, statusId?: string): Promise<Notification> {
  return patiently(`${at.name} gets “${type}” by ${whom.name}`, async () => {
    const all = await at.api<Notification[]>("GET", `/api/v1/notifications?limit=40&types[]=${type}`);
    return all.find(
      (one) =>
        one.account.acct === whom.person.address && (statusId === undefined || one.status?.id === statusId),
    );
  });
}

export async function inHome(at: Citizen, words: string): Promise<Told | undefined> {
  const all = (await home(at.person)) as unknown as Told[];
  return all.find((one) => one.content.replace(/<[^>]*>/g, "").includes(words));
}

export const comes = (at: Citizen, words: string): Promise<Told> =>
  patiently(`“${words}” at ${at.name}`, () => inHome(at, words));

/** Posts by the API and waits until the others have it; `ids[name]` is its id at each. */
export async function posted(
  author: Citizen,
  readers: readonly Citizen[],
  words: string,
  extra: Record<string, unknown> = {},
): Promise<Map<Citizen, string>> {
  const mine = await post(author.person, words, extra);
  const theirs = await Promise.all(readers.map(async (one) => [one, (await comes(one, words)).id] as const));
  return new Map([[author, mine.id], ...theirs]);
}
