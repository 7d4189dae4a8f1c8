/**
 * row: deletion wins for ever, ids are never reused. set: last writer wins, the key is made of its parts.
 * local: stays on this device, no feed. `rank`: a column that only grows and decides before time does.
 * `passing`: rows come and go all day under random ids, so that they were deleted is forgotten after a while.
 */
export type Table = { name: string; kind: "row" | "set" | "local"; rank?: string; passing?: boolean };

export const tables: readonly Table[] = [
  { name: "Person", kind: "row" },
  { name: "Post", kind: "row" },
  { name: "PostRevision", kind: "row" },
  { name: "Addressee", kind: "set" },
  { name: "Subscription", kind: "set" },
  { name: "Blocked", kind: "set" },
  { name: "Notice", kind: "row" },
  { name: "Marker", kind: "set", rank: "position" },
  { name: "Setting", kind: "set" },
  { name: "Secret", kind: "row" },
  { name: "ApiToken", kind: "row" },
  { name: "Media", kind: "row" },
  { name: "Job", kind: "row", rank: "epoch", passing: true },
  { name: "JobTry", kind: "local" },
  { name: "Peer", kind: "local" },
  { name: "Delivery", kind: "set" },
  { name: "Handled", kind: "local" },
  { name: "Reaction", kind: "set" },
  { name: "Bookmark", kind: "set" },
  { name: "Tagged", kind: "set" },
  { name: "Emoji", kind: "set" },
  { name: "Poll", kind: "row" },
  { name: "PollOption", kind: "set" },
  { name: "PollVote", kind: "set" },
  { name: "Attachment", kind: "row" },
  { name: "QuoteStamp", kind: "row" },
  { name: "Muted", kind: "set" },
  { name: "MutedWord", kind: "row" },
  { name: "BlockedHost", kind: "set" },
  { name: "Report", kind: "row" },
  { name: "ReportedPost", kind: "set" },
  { name: "Knock", kind: "set" },
  { name: "Welcome", kind: "set" },
  { name: "Invite", kind: "row" },
  { name: "OutsideServer", kind: "set" },
  { name: "MissingPost", kind: "set" },
  { name: "ThreadLook", kind: "set" },
  { name: "OutboxRead", kind: "local" },
  { name: "Moment", kind: "local" },
];
