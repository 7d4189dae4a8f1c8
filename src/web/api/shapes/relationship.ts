import { holdsAt } from "../../../social/muting/words.ts";
import type { PersonView } from "../../../social/people/view.ts";

export type Relationship = {
  id: string;
  following: boolean;
  showing_reblogs: boolean;
  notifying: boolean;
  languages: null;
  followed_by: boolean;
  blocking: boolean;
  blocked_by: boolean;
  muting: boolean;
  muting_notifications: boolean;
  requested: boolean;
  requested_by: boolean;
  domain_blocking: boolean;
  endorsed: boolean;
  note: string;
};

/** `now` is for a mute: without it, one that had an end still holds. */
export function relationshipOf(person: PersonView, now = 0): Relationship {
  const muting = person.muted !== null && holdsAt(person.muted.until, now);
  const following = person.subscribed === "accepted";
  return {
    id: person.sortKey,
    following,
    showing_reblogs: following,
    notifying: false,
    languages: null,
    followed_by: person.subscriber === "accepted",
    blocking: person.blocked,
    blocked_by: false,
    muting,
    muting_notifications: muting && person.muted?.notices === true,
    requested: person.subscribed === "asked",
    requested_by: person.subscriber === "asked",
    domain_blocking: false,
    endorsed: false,
    note: "",
  };
}
