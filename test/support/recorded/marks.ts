import { type Activity, AS, type Cast, PUBLIC, type Recording } from "./cast.ts";

/** What several programs send when somebody likes, reacts, passes on, puts first, or takes one of these back. */
const EMOJI = { toot: "http://joinmastodon.org/ns#", Emoji: "toot:Emoji" };
const LITEPUB = { litepub: "http://litepub.social/ns#", EmojiReact: "litepub:EmojiReact", ...EMOJI };
const WHEN = "2026-08-15T18:00:00Z";

const tea = (c: Cast) => ({
  type: "Emoji",
  id: `${c.origin}/emojis/tea`,
  name: ":tea:",
  icon: { type: "Image", mediaType: "image/png", url: `${c.origin}/emoji/tea.png` },
});

/** `of`: what is taken back, whole or by its id. */
const undo = (c: Cast, of: unknown, context: unknown = AS): Activity => ({
  "@context": context,
  ...{ id: `${c.origin}/undo/${c.next()}`, type: "Undo", actor: c.me, to: [c.owner, PUBLIC], object: of },
});

/** A Like with an emoji in it, in two spellings of the same. */
function misskey(c: Cast): Activity[] {
  const like = (content: string, tag: object[] = []) => ({
    "@context": [AS, { misskey: "https://misskey-hub.net/ns#", ...EMOJI }],
    ...{ id: `${c.origin}/likes/${c.next()}`, type: "Like", actor: c.me, object: c.ownerPost },
    ...{ content, _misskey_reaction: content, tag },
  });
  return [like("🫖"), like(":tea:", [tea(c)]), undo(c, like("🫖")), undo(c, like(":tea:", [tea(c)]))];
}

/** Of Akkoma and Pleroma: EmojiReact, the context as a list of addresses and terms. */
function akkoma(c: Cast): Activity[] {
  const react = (content: string, tag: object[] = []) => ({
    "@context": [AS, LITEPUB],
    ...{ id: `${c.origin}/activities/${c.next()}`, type: "EmojiReact", actor: c.me, object: c.ownerPost },
    ...{ content, tag, to: [c.owner, PUBLIC], cc: [`${c.me}/followers`] },
  });
  return [
    react("🔥"),
    react(":tea:", [tea(c)]),
    undo(c, react("🔥"), [AS, LITEPUB]),
    undo(c, react(":tea:", [tea(c)]), [AS, LITEPUB]),
  ];
}

function mastodon(c: Cast): Activity[] {
  const like = { id: `${c.me}#likes/${c.next()}`, type: "Like", actor: c.me, object: c.ownerPost };
  const announce = (object: string) => ({
    ...{ id: `${c.me}/statuses/${c.next()}/activity`, type: "Announce", actor: c.me, object },
    ...{ published: WHEN, to: [PUBLIC], cc: [c.owner, `${c.me}/followers`] },
  });
  const pin = (type: string): Activity => ({
    "@context": AS,
    ...{ id: `${c.me}#${type.toLowerCase()}/${c.next()}`, type, actor: c.me },
    ...{ object: c.known, target: `${c.me}/collections/featured` },
  });
  return [
    undo(c, like),
    { "@context": AS, ...announce(c.otherPost) },
    undo(c, announce(c.ownerPost)),
    undo(c, announce(c.otherPost)),
    ...[pin("Add"), pin("Remove"), pin("Add")],
  ];
}

/** Mitra takes back by the id alone. */
const mitra = (c: Cast): Activity[] => [
  undo(c, `${c.origin}/activities/like/${c.next()}`),
  undo(c, `${c.origin}/activities/emojireact/${c.next()}`),
  undo(c, `${c.origin}/activities/announce/${c.next()}`),
];

export const marks: Recording = {
  software: "Misskey, Akkoma, Mastodon, Mitra",
  activities: (c) => [...misskey(c), ...akkoma(c), ...mastodon(c), ...mitra(c)],
};
