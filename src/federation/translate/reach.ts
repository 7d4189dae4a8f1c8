import { PUBLIC_COLLECTION } from "@fedify/fedify/vocab";

/** Who a post is for, in the product's words: Post.reach in the store. "me" is never on the wire. */
export type WireReach = "everyone" | "unlisted" | "subscribers" | "chosen";

export type Addressing = { to: URL[]; cc: URL[] };

/**
 * to and cc of one copy. `recipient` is whom this copy goes to; others who got a narrow post are not named.
 * `circle` is a collection of nobody-knows-whom: it makes others show the post as limited, not as a message.
 */
export function addressingOf(
  reach: WireReach,
  whom: { followers: string; recipient: string | null; circle: string; mentioned: string[] },
): Addressing {
  const followers = new URL(whom.followers);
  const recipient = whom.recipient === null ? [] : [new URL(whom.recipient)];
  const mentioned = whom.mentioned.map((uri) => new URL(uri));
  switch (reach) {
    case "everyone":
      return { to: [PUBLIC_COLLECTION], cc: [followers, ...mentioned] };
    case "unlisted":
      return { to: [followers], cc: [PUBLIC_COLLECTION, ...mentioned] };
    case "subscribers":
      return { to: [followers], cc: mentioned.filter((uri) => uri.href === whom.recipient) };
    case "chosen":
      return { to: [...recipient, new URL(whom.circle)], cc: [] };
  }
}

/** The reach others meant. A collection that is not known narrows: what is not provably wide is "chosen". */
export function reachOf(addressed: { to: URL[]; cc: URL[] }, followers: string | null): WireReach {
  const has = (list: URL[], uri: string | null) => uri !== null && list.some((entry) => entry.href === uri);
  if (has(addressed.to, PUBLIC_COLLECTION.href)) return "everyone";
  if (has(addressed.cc, PUBLIC_COLLECTION.href)) return "unlisted";
  if (has([...addressed.to, ...addressed.cc], followers)) return "subscribers";
  return "chosen";
}
