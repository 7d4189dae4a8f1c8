import { MOST_PINNED } from "../../../social/marks/pin.ts";
import { LARGEST_FILE, LARGEST_PICTURE, LONGEST_ALT, MOST_FILES } from "../../../social/media/limits.ts";
import { LONGEST_OPTION, LONGEST_POLL, MOST_OPTIONS, SHORTEST_POLL } from "../../../social/polls/poll.ts";
import type { Account } from "./account.ts";
import { markOf, type Site } from "./site.ts";

/** The Mastodon whose API this resembles, so that apps know what to ask for; then what it really is. */
const LIKE_MASTODON = "4.2.0";
const ABOUT = "One person's own node on the onion network. It has no other accounts.";

/** What apps offer to pick: files of any kind are taken, but these are shown. */
const TAKEN = [
  ...["image/jpeg", "image/png", "image/webp", "video/mp4", "video/quicktime", "video/webm"],
  ...["audio/mpeg", "audio/mp4", "audio/ogg", "audio/flac", "audio/wav", "audio/webm"],
];

export type Facts = { title: string; version: string; longestPost: number; owner: Account };

/** /api/v2/instance. Of no use to count: there is one person, and what there is stays theirs. */
export function instanceV2(facts: Facts, site: Site) {
  return {
    domain: site.host,
    title: facts.title,
    version: versionOf(facts),
    source_url: "",
    description: ABOUT,
    usage: { users: { active_month: 1 } },
    thumbnail: { url: markOf(site) },
    languages: [],
    configuration: { ...limits(facts), urls: {}, translation: { enabled: false }, vapid: { public_key: "" } },
    registrations: { enabled: false, approval_required: false, message: null },
    contact: { email: "", account: facts.owner },
    rules: [],
  };
}

/** /api/v1/instance, for older apps. */
export function instanceV1(facts: Facts, site: Site) {
  return {
    uri: site.host,
    title: facts.title,
    short_description: ABOUT,
    description: ABOUT,
    email: "",
    version: versionOf(facts),
    urls: {},
    stats: { user_count: 1, status_count: 0, domain_count: 0 },
    thumbnail: markOf(site),
    languages: [],
    registrations: false,
    approval_required: false,
    invites_enabled: false,
    configuration: limits(facts),
    max_toot_chars: facts.longestPost,
    contact_account: facts.owner,
    rules: [],
  };
}

function versionOf(facts: Facts): string {
  return `${LIKE_MASTODON} (compatible; TSSOP ${facts.version})`;
}

function limits(facts: Facts) {
  return {
    accounts: { max_featured_tags: 0, max_pinned_statuses: MOST_PINNED },
    statuses: {
      max_characters: facts.longestPost,
      max_media_attachments: MOST_FILES,
      characters_reserved_per_url: 0,
    },
    media_attachments: {
      supported_mime_types: [...TAKEN],
      description_limit: LONGEST_ALT,
      image_size_limit: LARGEST_PICTURE,
      image_matrix_limit: 40_000_000,
      video_size_limit: LARGEST_FILE,
      video_frame_rate_limit: 120,
      video_matrix_limit: 40_000_000,
    },
    polls: {
      max_options: MOST_OPTIONS,
      max_characters_per_option: LONGEST_OPTION,
      min_expiration: SHORTEST_POLL / 1000,
      max_expiration: LONGEST_POLL / 1000,
    },
  };
}
