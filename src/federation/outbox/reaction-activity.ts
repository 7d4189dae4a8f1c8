import { Add, Announce, EmojiReact, Like, PUBLIC_COLLECTION, Remove, Undo } from "@fedify/fedify/vocab";
import type { Addresses } from "../addresses.ts";
import { emojiOf, type WireEmoji } from "../translate/tags.ts";

/** `pictures`: of the emoji, where it is one of the owner's own. */
type Reaction = { uri: string; of: string; emoji: string; to: string; pictures?: readonly WireEmoji[] };

/** A like, or an emoji as EmojiReact (FEP-c0e0): who does not know it drops it, and never takes it for a like. */
export function reactionActivity(
  at: Addresses,
  { uri, of, emoji, to, pictures = [] }: Reaction,
): Like | EmojiReact {
  const values = { id: new URL(uri), actor: new URL(at.person), object: new URL(of), to: new URL(to) };
  return emoji === ""
    ? new Like(values)
    : new EmojiReact({ ...values, content: emoji, tags: pictures.map(emojiOf) });
}

export function unreactActivity(at: Addresses, reaction: Reaction): Undo {
  return new Undo({
    id: new URL(`${reaction.uri}#undo`),
    actor: new URL(at.person),
    object: reactionActivity(at, reaction),
    to: new URL(reaction.to),
  });
}

export type OwnBoost = { uri: string; of: string; publishedAt: number };

export function boostActivity(at: Addresses, { uri, of, publishedAt }: OwnBoost): Announce {
  return new Announce({
    id: new URL(uri),
    actor: new URL(at.person),
    object: new URL(of),
    to: PUBLIC_COLLECTION,
    cc: new URL(at.followers),
    published: Temporal.Instant.fromEpochMilliseconds(publishedAt),
  });
}

export function unboostActivity(at: Addresses, { uri, of }: Omit<OwnBoost, "publishedAt">): Undo {
  return new Undo({
    id: new URL(`${uri}#undo`),
    actor: new URL(at.person),
    object: new Announce({ id: new URL(uri), actor: new URL(at.person), object: new URL(of) }),
    to: PUBLIC_COLLECTION,
    cc: new URL(at.followers),
  });
}

/** Each change of the first posts is one activity of its own: the same post may be put up and taken down again. */
export function pinActivity(at: Addresses, pin: { id: string; of: string; on: boolean }): Add | Remove {
  const values = {
    id: new URL(pin.id),
    actor: new URL(at.person),
    object: new URL(pin.of),
    target: new URL(at.featured),
    tos: [new URL(at.followers)],
  };
  return pin.on ? new Add(values) : new Remove(values);
}
