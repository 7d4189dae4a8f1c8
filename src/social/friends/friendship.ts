/**
 * Friendship between two people, as one of them sees it. Each device keeps its own picture; what was said goes over in
 * order, but both may speak at once. So an answer, and what is taken back, name the offer they are about: what is about
 * an offer that holds no more changes nothing here, and whoever believes in one is told so. Then both pictures agree once
 * all has arrived, whatever was said meanwhile (test/unit/social/friendship.test.ts tries it).
 */
export const roles = ["close", "friend", "acquaintance", "reader"] as const;

/** What a friend may, as a choice of the owner's; nobody is told. */
export type Role = (typeof roles)[number];

/** asked: by the owner. offered: by them. friends: both. */
export type FriendState = "asked" | "offered" | "friends";

/** `uri`: the owner's own offer, `theirUri`: theirs; "" for none. Friends with neither: agreed without the wire. */
export type Bond = { state: FriendState; uri: string; theirUri: string };

/** A friendship as the owner sees it. `confirmed`: on the owner's word alone. `at`: since when it is so, milliseconds. */
export type FriendView = { state: FriendState; role: Role; words: string; confirmed: boolean; at: number };

/** Letters of what is said with a question. */
export const LONGEST_WORDS = 300;

const MARK = "#offer";

/** The id of an offer of the owner's: an activity's, with a mark, so that an answer to it is known as one. */
export function offerUri(origin: string, id: string): string {
  return `${origin}/acts/${id}${MARK}`;
}

export function isOwnOffer(origin: string, uri: string): boolean {
  return uri.startsWith(`${origin}/acts/`) && uri.endsWith(MARK);
}

export function roleOf(text: string): Role | null {
  return roles.find((role) => role === text) ?? null;
}

/** What happens: the owner's acts, then what arrives from them. Each `uri` names an offer. */
export type Happening =
  | { kind: "ask"; uri: string }
  | { kind: "withdraw" | "accept" | "decline" | "end" | "confirm" }
  | { kind: "offered" | "accepted" | "refused" | "withdrawn"; uri: string }
  | { kind: "ended" };

/** What goes to them. accept: their offer. withdraw: an offer of the owner's holds no more. */
export type Message = { kind: "offer" | "accept" | "withdraw"; uri: string } | { kind: "end" };

/** `tell`: what the owner should know of. */
export type Outcome = { bond: Bond | null; send: Message[]; tell: "" | "request" | "friends" };

const still = (bond: Bond | null): Outcome => ({ bond, send: [], tell: "" });
const over = (send: Message[] = []): Outcome => ({ bond: null, send, tell: "" });

/** What becomes of a bond. Pure; null: there is none. */
export function becomes(bond: Bond | null, what: Happening): Outcome {
  switch (what.kind) {
    case "ask":
      return asks(bond, what.uri);
    case "accept":
      return bond?.state === "offered" ? agreed({ ...bond, uri: "" }) : still(bond);
    case "decline":
      // Nobody is told: to them it looks as if nobody had answered yet.
      return bond?.state === "offered" ? over() : still(bond);
    case "withdraw":
      return bond?.state === "asked" ? over([{ kind: "withdraw", uri: bond.uri }]) : still(bond);
    case "end":
      if (bond?.state !== "friends") return still(bond);
      return over(isConfirmed(bond) ? [] : [{ kind: "end" }]);
    case "confirm":
      return bond === null ? still({ state: "friends", uri: "", theirUri: "" }) : still(bond);
    case "offered":
      return offered(bond, what.uri);
    case "accepted":
      return accepted(bond, what.uri);
    case "refused":
      // Nobody's device of ours says so; others may.
      return bond !== null && bond.uri === what.uri && what.uri !== "" ? over() : still(bond);
    case "withdrawn":
      return withdrawn(bond, what.uri);
    case "ended":
      // Of anything else they spoke before they ended what they ended.
      return bond?.state === "friends" ? over() : still(bond);
  }
}

/** Without the wire: a subscription both ways that the owner calls a friendship. */
export function isConfirmed(bond: Bond): boolean {
  return bond.state === "friends" && bond.uri === "" && bond.theirUri === "";
}

function agreed(bond: Bond): Outcome {
  return {
    bond: { ...bond, state: "friends" },
    send: [{ kind: "accept", uri: bond.theirUri }],
    tell: "",
  };
}

/** Asking who asked already is a yes. */
function asks(bond: Bond | null, uri: string): Outcome {
  if (bond?.state === "offered") return agreed({ ...bond, uri: "" });
  if (bond !== null) return still(bond);
  return { bond: { state: "asked", uri, theirUri: "" }, send: [{ kind: "offer", uri }], tell: "" };
}

function offered(bond: Bond | null, uri: string): Outcome {
  // Both asked. They are answered all the same: they may have declined what the owner asked, and forgotten it.
  if (bond?.state === "asked") return { ...agreed({ ...bond, theirUri: uri }), tell: "friends" };
  // Their device forgot.
  if (bond?.state === "friends") return agreed({ ...bond, theirUri: uri });
  return {
    bond: { state: "offered", uri: "", theirUri: uri },
    send: [],
    tell: bond === null ? "request" : "",
  };
}

function accepted(bond: Bond | null, uri: string): Outcome {
  if (bond?.state === "friends") return still(bond);
  if (bond?.state === "asked" && bond.uri === uri)
    return { bond: { ...bond, state: "friends" }, send: [], tell: "friends" };
  return { bond, send: [{ kind: "withdraw", uri }], tell: "" };
}

/** Taken back, and what rested on it falls; what the owner asked besides stands. */
function withdrawn(bond: Bond | null, uri: string): Outcome {
  if (bond === null || bond.theirUri !== uri || uri === "") return still(bond);
  if (bond.state === "friends" && bond.uri !== "")
    return still({ state: "asked", uri: bond.uri, theirUri: "" });
  return over();
}
