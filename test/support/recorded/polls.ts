import { type Activity, AS, type Cast, PUBLIC, type Recording } from "./cast.ts";

const WHEN = "2026-03-14T15:09:26Z";
const TERMS = { toot: "http://joinmastodon.org/ns#", votersCount: "toot:votersCount" };

/** A vote: a name, what it answers, and no words. */
function vote(c: Cast, name: string, id: string): Activity {
  const object = { id, type: "Note", name, attributedTo: c.me, to: [c.owner], inReplyTo: c.ownerPoll };
  return {
    "@context": [AS, TERMS],
    id: `${id}/activity`,
    type: "Create",
    actor: c.me,
    to: [c.owner],
    object,
  };
}

/** New counts of a poll that is over. */
function counts(c: Cast, one: string): Activity {
  const options = ["Rye", "Wheat"].map((name) => ({
    type: "Note",
    name,
    replies: { type: "Collection", totalItems: 2 },
  }));
  const object = {
    ...{ id: c.known, type: "Question", attributedTo: c.me, to: [PUBLIC], content: "<p>Which?</p>" },
    ...{ published: WHEN, endTime: WHEN, closed: WHEN, votersCount: 4, [one]: options },
  };
  const id = `${c.me}#updates/${c.next()}`;
  return { "@context": [AS, TERMS], id, type: "Update", actor: c.me, to: [PUBLIC], object };
}

/** Votes and results, as Mastodon writes them; Mitra and GoToSocial write the same with other ids. */
export const polls: Recording = {
  software: "Mastodon",
  activities: (c) => [
    vote(c, "Rye", `${c.me}#votes/${c.next()}`),
    vote(c, "Oat", `${c.me}/statuses/${c.next()}`),
    counts(c, "oneOf"),
    counts(c, "anyOf"),
  ],
};
