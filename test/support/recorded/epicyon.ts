import { type Activity, AS, type Cast, PUBLIC, type Recording } from "./cast.ts";

const CONTEXT = [
  AS,
  {
    ostatus: "http://ostatus.org#",
    atomUri: "ostatus:atomUri",
    inReplyToAtomUri: "ostatus:inReplyToAtomUri",
    conversation: "ostatus:conversation",
    sensitive: "as:sensitive",
    toot: "http://joinmastodon.org/ns#",
    votersCount: "toot:votersCount",
    blurhash: "toot:blurhash",
    capabilities: { "@id": "https://w3id.org/fep/xxxx#capabilities", "@type": "@id" },
  },
];
const WHEN = "2026-07-07T07:07:07Z";

function note(c: Cast, values: object = {}) {
  const id = `${c.me}/statuses/1751871${c.next()}`;
  return {
    id,
    conversation: id,
    context: id,
    type: "Note",
    summary: null,
    inReplyTo: null,
    published: WHEN,
    url: `${c.origin}/@somebody/1751871`,
    attributedTo: c.me,
    to: [PUBLIC],
    cc: [`${c.me}/followers`],
    sensitive: false,
    atomUri: id,
    inReplyToAtomUri: null,
    commentsEnabled: true,
    rejectReplies: false,
    mediaType: "text/html",
    content: "<p>The allotment gate is open on Sundays.</p>",
    contentMap: { en: "<p>The allotment gate is open on Sundays.</p>" },
    attachment: [],
    tag: [],
    crawlable: false,
    replies: {
      id: `${id}/replies`,
      type: "Collection",
      first: { type: "CollectionPage", partOf: `${id}/replies`, totalItems: 0, items: [] },
    },
    likes: { id: `${id}/likes`, type: "Collection", totalItems: 0, items: [] },
    ...values,
  };
}

const act = (c: Cast, type: string, rest: object): Activity => ({
  "@context": CONTEXT,
  id: `${c.me}/statuses/1751871${c.next()}/${type.toLowerCase()}`,
  type,
  actor: c.me,
  published: WHEN,
  to: [PUBLIC],
  cc: [`${c.me}/followers`],
  ...rest,
});
const answered = (c: Cast) => ({
  "@context": AS,
  id: c.ownerFollow,
  type: "Follow",
  actor: c.owner,
  object: c.me,
});
const toOwner = (c: Cast) => ({ to: [c.owner], cc: [] });

export const epicyon: Recording = {
  software: "Epicyon",
  activities: (c) => [
    act(c, "Follow", { object: c.owner, ...toOwner(c) }),
    act(c, "Accept", { object: answered(c), ...toOwner(c) }),
    act(c, "Undo", {
      object: { id: `${c.me}/statuses/1`, type: "Follow", actor: c.me, object: c.owner },
      ...toOwner(c),
    }),
    act(c, "Create", { object: note(c) }),
    act(c, "Create", {
      object: note(c, {
        type: "Article",
        name: "How to dig",
        summary: "Spades and backs",
        content: "<p>Slowly, and with the legs.</p>",
      }),
    }),
    act(c, "Create", {
      object: note(c, {
        inReplyTo: c.ownerPost,
        to: [c.owner],
        cc: [],
        tag: [{ type: "Mention", href: c.owner, name: "@owner" }],
      }),
      ...toOwner(c),
    }),
    act(c, "Update", { object: note(c, { id: c.known, content: "<p>It is shut.</p>", updated: WHEN }) }),
    act(c, "Delete", { object: c.known }),
    act(c, "Like", { object: c.ownerPost, ...toOwner(c) }),
    act(c, "EmojiReact", { object: c.ownerPost, content: "🌻", ...toOwner(c) }),
    act(c, "Announce", { object: c.ownerPost, atomUri: c.ownerPost }),
    act(c, "Add", {
      object: { type: "Document", url: c.known },
      target: { type: "OrderedCollection", name: "tlbookmarks" },
      ...toOwner(c),
    }),
    act(c, "Remove", {
      object: { type: "Document", url: c.known },
      target: { type: "OrderedCollection", name: "tlbookmarks" },
      ...toOwner(c),
    }),
  ],
};
