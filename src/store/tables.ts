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
];
