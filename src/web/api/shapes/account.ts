import { timeOfSortKey } from "../../../lib/ids.ts";
import type { PersonView } from "../../../social/people/view.ts";
import { markOf, type Site, time } from "./site.ts";

/** A line of a profile; addresses are not checked for links back. */
export type AccountField = { name: string; value: string; verified_at: null };

export type Account = {
  id: string;
  username: string;
  acct: string;
  display_name: string;
  locked: boolean;
  bot: boolean;
  group: boolean;
  discoverable: boolean;
  indexable: boolean;
  noindex: boolean;
  hide_collections: boolean;
  created_at: string;
  note: string;
  url: string;
  uri: string;
  avatar: string;
  avatar_static: string;
  header: string;
  header_static: string;
  followers_count: number;
  following_count: number;
  statuses_count: number;
  last_status_at: null;
  emojis: never[];
  fields: AccountField[];
  roles: never[];
  /** Where they live now, once that place has said so too. */
  moved?: Account;
};

/** The counts are 0: nobody tells theirs, so nobody's are known. Pictures come through the node, never from afar. */
export function accountOf(
  person: PersonView,
  site: Site,
  lines: readonly { label: string; html: string }[] = [],
): Account {
  const picture = person.pictureUrl === "" ? markOf(site) : `${site.base}/media/person/${person.id}`;
  return {
    id: person.sortKey,
    username: person.handle,
    acct: acctOf(person),
    display_name: person.name === "" ? person.handle : person.name,
    locked: person.approves,
    bot: person.automated,
    group: false,
    discoverable: false,
    indexable: false,
    noindex: true,
    hide_collections: true,
    created_at: time(timeOfSortKey(person.sortKey)),
    note: person.aboutHtml,
    url: person.url === "" ? person.uri : person.url,
    uri: person.uri,
    avatar: picture,
    avatar_static: picture,
    header: markOf(site),
    header_static: markOf(site),
    followers_count: 0,
    following_count: 0,
    statuses_count: 0,
    last_status_at: null,
    emojis: [],
    fields: lines.map(({ label, html }) => ({ name: label, value: html, verified_at: null })),
    roles: [],
    ...(person.moved === null ? {} : { moved: accountOf(person.moved, site) }),
  };
}

/** The owner is of this place and goes by the handle alone, everybody else by handle@host. */
export function acctOf(person: PersonView): string {
  return person.isOwner ? person.handle : `${person.handle}@${person.host}`;
}

type Own = { about: string; requests: number; lines: readonly { label: string; html: string }[] };

/** The owner's own account: with the text as typed, and how many wait for an answer. */
export function credentialsOf(person: PersonView, own: Own, site: Site) {
  const account = accountOf(person, site, own.lines);
  return {
    ...account,
    source: {
      privacy: "public",
      sensitive: false,
      language: null,
      note: own.about,
      fields: account.fields,
      follow_requests_count: own.requests,
      hide_collections: true,
      discoverable: false,
      indexable: false,
    },
    role: { id: "-99", name: "", permissions: "0", color: "", highlighted: false },
  };
}
